resource "sagemaker_model" "churn" {
  name               = "churn-batch"
  execution_role_arn = "arn:aws:iam::123456789012:role/models"

  primary_container {
    image          = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/xgboost:1.7-1"
    model_data_url = "s3://example-models/churn.tar.gz"
  }
}

resource "sagemaker_transform_job" "churn" {
  transform_job_name = "churn-2026-11"
  model_name         = sagemaker_model.churn.name

  transform_input {
    content_type = "text/csv"
    split_type   = "Line"

    data_source {
      s3_data_source {
        s3_data_type = "S3Prefix"
        s3_uri       = "s3://example-data/customers/"
      }
    }
  }

  transform_output {
    s3_output_path = "s3://example-data/predictions/"
    assemble_with  = "Line"
  }

  transform_resources {
    instance_count = 1
    instance_type  = "ml.m5.xlarge"
  }

  wait_for_completion = true
}

resource "sagemaker_training_job" "test" {
  training_job_name = var.name
  role_arn          = "arn:aws:iam::123456789012:role/training"
  hyper_parameters  = { num_round = "100", objective = "binary:logistic" }

  algorithm_specification {
    training_image      = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/xgboost:1.7-1"
    training_input_mode = "File"
  }

  input_data_config {
    channel_name = "train"
    content_type = "text/csv"

    data_source {
      s3_data_source {
        s3_data_type = "S3Prefix"
        s3_uri       = "s3://example-data/churn/"
      }
    }
  }

  output_data_config {
    s3_output_path = "s3://example-models/churn/"
  }

  resource_config {
    instance_count    = 1
    instance_type     = "ml.m5.xlarge"
    volume_size_in_gb = 30
  }

  stopping_condition {
    max_runtime_in_seconds = 3600
  }

  wait_for_completion = true
  tags                = { step = "second" }
}

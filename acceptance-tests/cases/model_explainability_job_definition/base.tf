resource "sagemaker_model_explainability_job_definition" "test" {
  name     = var.name
  role_arn = "arn:aws:iam::123456789012:role/monitoring"

  model_explainability_app_specification {
    image_uri  = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/sagemaker-clarify-processing:1.0"
    config_uri = "s3://example-baseline/analysis.json"
  }

  model_explainability_job_input {
    batch_transform_input {
      data_captured_destination_s3_uri = "s3://example-captured/"
      features_attribute               = "features"
      inference_attribute              = "churn"

      dataset_format {
        json {
          line = true
        }
      }
    }
  }

  model_explainability_job_output_config {
    monitoring_outputs {
      s3_output {
        s3_uri = "s3://example-reports/model_explainability/"
      }
    }
  }

  job_resources {
    cluster_config {
      instance_count    = 1
      instance_type     = "ml.m5.xlarge"
      volume_size_in_gb = 20
    }
  }

  tags = { step = "first" }
}

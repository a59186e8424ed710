resource "sagemaker_auto_ml_job" "test" {
  auto_ml_job_name    = "${var.name}-again"
  role_arn            = "arn:aws:iam::123456789012:role/automl"
  wait_for_completion = true
  problem_type        = "BinaryClassification"

  input_data_config {
    target_attribute_name = "left"
    channel_type          = "training"
    content_type          = "text/csv;header=present"
    compression_type      = "None"

    data_source {
      s3_data_source {
        s3_data_type = "S3Prefix"
        s3_uri       = "s3://data-of-tests/train/"
      }
    }
  }

  output_data_config {
    s3_output_path = "s3://data-of-tests/output/"
  }

  auto_ml_job_objective {
    metric_name = "AUC"
  }

  auto_ml_job_config {
    mode = "ENSEMBLING"

    completion_criteria {
      max_candidates                          = 10
      max_auto_ml_job_runtime_in_seconds      = 3600
      max_runtime_per_training_job_in_seconds = 600
    }

    data_split_config {
      validation_fraction = 0.2
    }

    security_config {
      enable_inter_container_traffic_encryption = true

      vpc_config {
        security_group_ids = ["sg-0123456789abcdef0"]
        subnets            = ["subnet-0123456789abcdef0"]
      }
    }
  }
}

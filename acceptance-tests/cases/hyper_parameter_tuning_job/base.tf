resource "sagemaker_hyper_parameter_tuning_job" "test" {
  name = var.name

  config {
    strategy = "Bayesian"

    objective {
      metric_name = "validation:auc"
      type        = "Maximize"
    }

    resource_limits {
      max_number_of_training_jobs = 20
      max_parallel_training_jobs  = 4
    }

    parameter_ranges {
      integer_parameter_ranges {
        name      = "max_depth"
        min_value = "3"
        max_value = "10"
      }

      continuous_parameter_ranges {
        name      = "eta"
        min_value = "0.01"
        max_value = "0.3"
      }
    }
  }

  training_job_definition {
    role_arn                = "arn:aws:iam::123456789012:role/training"
    static_hyper_parameters = { num_round = "100", objective = "binary:logistic" }

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
  }

  wait_for_completion = true
  tags                = { step = "first" }
}

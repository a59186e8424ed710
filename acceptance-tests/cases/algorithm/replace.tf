resource "sagemaker_algorithm" "test" {
  algorithm_name        = var.name
  algorithm_description = "Gradient boosting as we do it"

  training_specification {
    training_image                    = "123456789012.dkr.ecr.us-east-1.amazonaws.com/train:2"
    supported_training_instance_types = ["ml.m5.large"]
    supports_distributed_training     = true

    metric_definitions {
      name  = "validation:auc"
      regex = "auc=([0-9.]+)"
    }

    supported_hyper_parameters {
      name          = "depth"
      type          = "Integer"
      description   = "Depth of a tree"
      is_tunable    = true
      is_required   = false
      default_value = "6"

      range {
        integer_parameter_range_specification {
          min_value = "2"
          max_value = "12"
        }
      }
    }

    supported_hyper_parameters {
      name       = "booster"
      type       = "Categorical"
      is_tunable = false

      range {
        categorical_parameter_range_specification {
          values = ["gbtree", "dart"]
        }
      }
    }

    supported_tuning_job_objective_metrics {
      metric_name = "validation:auc"
      type        = "Maximize"
    }

    training_channels {
      name                        = "train"
      description                 = "What to learn from"
      is_required                 = true
      supported_content_types     = ["text/csv", "application/x-parquet"]
      supported_compression_types = ["None", "Gzip"]
      supported_input_modes       = ["File", "FastFile"]
    }

    training_channels {
      name                    = "validation"
      supported_content_types = ["text/csv"]
      supported_input_modes   = ["File"]
    }
  }

  inference_specification {
    supported_content_types                     = ["text/csv"]
    supported_response_mime_types               = ["text/csv"]
    supported_realtime_inference_instance_types = ["ml.m5.large"]
    supported_transform_instance_types          = ["ml.m5.large"]

    containers {
      image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1"
    }
  }

  tags = { team = "growth" }
}

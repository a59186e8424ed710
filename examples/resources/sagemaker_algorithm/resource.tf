resource "sagemaker_algorithm" "churn" {
  algorithm_name        = "churn"
  algorithm_description = "Predicts which customers leave."

  training_specification {
    training_image                    = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn-training:3"
    supported_training_instance_types = ["ml.m5.xlarge", "ml.m5.2xlarge"]

    training_channels {
      name                    = "train"
      is_required             = true
      supported_content_types = ["text/csv"]
      supported_input_modes   = ["File", "FastFile"]
    }

    supported_hyper_parameters {
      name          = "max_depth"
      description   = "Deepest tree allowed."
      type          = "Integer"
      is_tunable    = true
      default_value = "6"

      range {
        integer_parameter_range_specification {
          min_value = "1"
          max_value = "12"
        }
      }
    }

    metric_definitions {
      name  = "validation:auc"
      regex = "validation-auc=([0-9.]+)"
    }

    supported_tuning_job_objective_metrics {
      metric_name = "validation:auc"
      type        = "Maximize"
    }
  }

  inference_specification {
    supported_content_types                     = ["text/csv"]
    supported_response_mime_types               = ["text/csv"]
    supported_realtime_inference_instance_types = ["ml.m5.large"]
    supported_transform_instance_types          = ["ml.m5.large"]

    containers {
      image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn-inference:3"
    }
  }
}

action "sagemaker_stop_inference_experiment" "next" {
  config {
    name          = "churn-next"
    desired_state = "Completed"
    reason        = "The new variant answers faster."

    model_variant_actions = {
      main = "Remove"
      next = "Promote"
    }

    desired_model_variants {
      model_name   = "churn-next"
      variant_name = "next"

      infrastructure_config {
        infrastructure_type = "RealTimeInference"

        real_time_inference_config {
          instance_type  = "ml.m5.xlarge"
          instance_count = 2
        }
      }
    }
  }
}

resource "sagemaker_inference_component" "summaries" {
  inference_component_name = "summaries"
  endpoint_name            = "language"
  variant_name             = "main"

  specification {
    model_name = "summaries"

    compute_resource_requirements {
      number_of_accelerator_devices_required = 1
      min_memory_required_in_mb              = 16384
    }
  }

  # Leave it out where automatic scaling sets the number of copies.
  runtime_config {
    copy_count = 2
  }

  deployment_config {
    rolling_update_policy {
      wait_interval_in_seconds = 120

      maximum_batch_size {
        type  = "COPY_COUNT"
        value = 1
      }
    }

    auto_rollback_configuration {
      alarms {
        alarm_name = "summaries-errors"
      }
    }
  }
}

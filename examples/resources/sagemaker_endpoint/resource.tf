resource "sagemaker_endpoint_configuration" "churn" {
  name_prefix = "churn-"

  production_variants {
    variant_name           = "main"
    model_name             = "churn"
    instance_type          = "ml.m5.xlarge"
    initial_instance_count = 2
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "sagemaker_endpoint" "churn" {
  name                 = "churn"
  endpoint_config_name = sagemaker_endpoint_configuration.churn.name

  deployment_config {
    blue_green_update_policy {
      termination_wait_in_seconds = 300

      traffic_routing_configuration {
        type                     = "CANARY"
        wait_interval_in_seconds = 600

        canary_size {
          type  = "CAPACITY_PERCENT"
          value = 10
        }
      }
    }

    auto_rollback_configuration {
      alarms {
        alarm_name = "churn-errors"
      }
    }
  }

  timeouts {
    update = "90m"
  }
}

resource "sagemaker_model" "this" {
  name_prefix              = "${var.name}-"
  execution_role_arn       = var.execution_role_arn
  enable_network_isolation = var.network_isolation
  tags                     = var.tags

  primary_container {
    image              = var.image
    model_data_url     = var.model_data_url
    model_package_name = var.model_package_arn
    environment        = var.environment
  }

  dynamic "vpc_config" {
    for_each = var.vpc[*]

    content {
      security_group_ids = vpc_config.value.security_group_ids
      subnets            = vpc_config.value.subnets
    }
  }

  lifecycle {
    # Everything about a model is fixed at its creation, so other contents need another model, under another name.
    create_before_destroy = true

    precondition {
      condition     = (var.image == null) != (var.model_package_arn == null)
      error_message = "Give either image or model_package_arn."
    }
  }
}

resource "sagemaker_endpoint_configuration" "this" {
  name_prefix = "${var.name}-"
  kms_key_arn = var.kms_key_arn
  tags        = var.tags

  production_variants {
    variant_name           = "AllTraffic"
    model_name             = sagemaker_model.this.name
    instance_type          = var.instance_type
    initial_instance_count = var.instance_count
  }

  dynamic "data_capture_config" {
    for_each = var.data_capture[*]

    content {
      enable_capture              = true
      destination_s3_uri          = data_capture_config.value.destination_s3_uri
      initial_sampling_percentage = data_capture_config.value.sampling_percentage
      kms_key_id                  = data_capture_config.value.kms_key_arn

      dynamic "capture_options" {
        for_each = data_capture_config.value.modes

        content {
          capture_mode = capture_options.value
        }
      }

      capture_content_type_header {
        csv_content_types  = length(data_capture_config.value.csv_content_types) > 0 ? data_capture_config.value.csv_content_types : null
        json_content_types = length(data_capture_config.value.json_content_types) > 0 ? data_capture_config.value.json_content_types : null
      }
    }
  }

  lifecycle {
    # The endpoint moves to the new configuration before the old one is deleted.
    create_before_destroy = true
  }
}

resource "sagemaker_endpoint" "this" {
  name                 = var.name
  endpoint_config_name = sagemaker_endpoint_configuration.this.name
  tags                 = var.tags

  deployment_config {
    blue_green_update_policy {
      termination_wait_in_seconds = 60

      traffic_routing_configuration {
        type                     = "CANARY"
        wait_interval_in_seconds = var.canary_wait_in_seconds

        canary_size {
          type  = "CAPACITY_PERCENT"
          value = var.canary_percent
        }
      }
    }

    dynamic "auto_rollback_configuration" {
      for_each = length(var.rollback_alarms) > 0 ? [var.rollback_alarms] : []

      content {
        dynamic "alarms" {
          for_each = auto_rollback_configuration.value

          content {
            alarm_name = alarms.value
          }
        }
      }
    }
  }
}

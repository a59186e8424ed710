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
    # A model cannot be changed, so other contents need another model, under another name.
    create_before_destroy = true

    precondition {
      condition     = (var.image == null) != (var.model_package_arn == null)
      error_message = "Give either image or model_package_arn."
    }
  }
}

locals {
  # The topics whose notifications contain the response: those that there are.
  topics_with_response = var.notify_with_response ? compact([
    var.sns_success_topic_arn == null ? "" : "SUCCESS_NOTIFICATION_TOPIC",
    var.sns_error_topic_arn == null ? "" : "ERROR_NOTIFICATION_TOPIC",
  ]) : []
}

resource "sagemaker_endpoint_configuration" "this" {
  name_prefix = "${var.name}-"
  kms_key_arn = var.kms_key_arn
  tags        = var.tags

  production_variants {
    variant_name                                      = "AllTraffic"
    model_name                                        = sagemaker_model.this.name
    instance_type                                     = var.instance_type
    initial_instance_count                            = var.instance_count
    volume_size_in_gb                                 = var.volume_size_in_gb
    model_data_download_timeout_in_seconds            = var.model_data_download_timeout_in_seconds
    container_startup_health_check_timeout_in_seconds = var.container_startup_health_check_timeout_in_seconds
  }

  async_inference_config {
    output_config {
      s3_output_path  = var.s3_output_path
      s3_failure_path = var.s3_failure_path
      kms_key_id      = var.output_kms_key_arn

      dynamic "notification_config" {
        for_each = var.sns_success_topic_arn == null && var.sns_error_topic_arn == null ? [] : [1]

        content {
          success_topic                 = var.sns_success_topic_arn
          error_topic                   = var.sns_error_topic_arn
          include_inference_response_in = length(local.topics_with_response) > 0 ? local.topics_with_response : null
        }
      }
    }

    dynamic "client_config" {
      for_each = var.max_concurrent_invocations_per_instance[*]

      content {
        max_concurrent_invocations_per_instance = client_config.value
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
    # Requests wait in a queue, so all at once loses none of them. A canary has no meaning while the endpoint is scaled to zero.
    blue_green_update_policy {
      termination_wait_in_seconds = var.bake_time_in_seconds

      traffic_routing_configuration {
        type                     = "ALL_AT_ONCE"
        wait_interval_in_seconds = 0
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

# The instances, without a model: the components bring those.
resource "sagemaker_endpoint_configuration" "this" {
  name_prefix              = "${var.name}-"
  execution_role_arn       = var.execution_role_arn
  enable_network_isolation = var.network_isolation
  kms_key_arn              = var.kms_key_arn
  tags                     = var.tags

  production_variants {
    variant_name           = "AllTraffic"
    instance_type          = var.instance_type
    initial_instance_count = var.instance_count
    volume_size_in_gb      = var.volume_size_in_gb

    managed_instance_scaling {
      status             = "ENABLED"
      min_instance_count = var.min_instance_count
      max_instance_count = var.max_instance_count
    }

    routing_config {
      routing_strategy = "LEAST_OUTSTANDING_REQUESTS"
    }
  }

  dynamic "vpc_config" {
    for_each = var.vpc[*]

    content {
      security_group_ids = vpc_config.value.security_group_ids
      subnets            = vpc_config.value.subnets
    }
  }

  lifecycle {
    # The endpoint moves to the new configuration before the old one is deleted.
    create_before_destroy = true

    precondition {
      condition     = var.min_instance_count <= var.instance_count && var.instance_count <= var.max_instance_count
      error_message = "instance_count, ${var.instance_count}, is between min_instance_count, ${var.min_instance_count}, and max_instance_count, ${var.max_instance_count}."
    }
  }
}

resource "sagemaker_endpoint" "this" {
  name                 = var.name
  endpoint_config_name = sagemaker_endpoint_configuration.this.name
  tags                 = var.tags
}

resource "sagemaker_inference_component" "this" {
  for_each = var.components

  inference_component_name = "${var.name}-${each.key}"
  endpoint_name            = sagemaker_endpoint.this.name
  variant_name             = "AllTraffic"
  tags                     = merge(var.tags, each.value.tags)

  specification {
    model_name = each.value.model_name

    dynamic "container" {
      for_each = each.value.image[*]

      content {
        image                  = container.value
        artifact_url           = each.value.model_data_url
        environment            = each.value.environment
        environment_wo         = lookup(var.secret_environments, each.key, null)
        environment_wo_version = lookup(var.secret_environment_versions, each.key, null)
      }
    }

    compute_resource_requirements {
      min_memory_required_in_mb              = each.value.min_memory_in_mb
      max_memory_required_in_mb              = each.value.max_memory_in_mb
      number_of_accelerator_devices_required = each.value.accelerators
      number_of_cpu_cores_required           = each.value.cpu_cores
    }

    startup_parameters {
      model_data_download_timeout_in_seconds            = each.value.model_data_download_timeout_in_seconds
      container_startup_health_check_timeout_in_seconds = each.value.container_startup_health_check_timeout_in_seconds
    }

    # Copies close together leave instances empty, which are then released.
    scheduling_config {
      placement_strategy = each.value.placement_strategy
    }
  }

  # Without this block the number stays as it is, whoever has set it.
  dynamic "runtime_config" {
    for_each = each.value.copies[*]

    content {
      copy_count = runtime_config.value
    }
  }

  deployment_config {
    rolling_update_policy {
      wait_interval_in_seconds = var.update_wait_in_seconds

      maximum_batch_size {
        type  = "COPY_COUNT"
        value = 1
      }
    }

    dynamic "auto_rollback_configuration" {
      for_each = length(each.value.rollback_alarms) > 0 ? [each.value.rollback_alarms] : []

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

# Fine-tuned weights that are loaded beside the model of a component, and use its copies.
resource "sagemaker_inference_component" "adapter" {
  for_each = var.adapters

  inference_component_name = "${var.name}-${each.key}"
  endpoint_name            = sagemaker_endpoint.this.name
  tags                     = var.tags

  specification {
    base_inference_component_name = try(sagemaker_inference_component.this[each.value.component].inference_component_name, null)

    container {
      artifact_url = each.value.artifact_url
    }
  }

  lifecycle {
    precondition {
      condition     = contains(keys(var.components), each.value.component)
      error_message = "Adapter ${each.key}: ${each.value.component} is not in components. Those are: ${join(", ", keys(var.components))}."
    }
  }
}

# A model for each version: a version that does not serve costs nothing, and one that served before can serve again at once.
resource "sagemaker_model" "this" {
  for_each = var.versions

  name_prefix              = "${var.name}-"
  execution_role_arn       = var.execution_role_arn
  enable_network_isolation = var.network_isolation
  tags                     = merge(var.tags, { version = each.key })

  primary_container {
    image              = each.value.image
    model_data_url     = each.value.model_data_url
    model_package_name = each.value.model_package_arn
    environment        = each.value.environment
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
  }
}

resource "sagemaker_endpoint_configuration" "this" {
  name_prefix = "${var.name}-"
  kms_key_arn = var.kms_key_arn
  tags        = var.tags

  # The name of the variant stays the same through all versions: the service shifts traffic between variants of the same name.
  production_variants {
    variant_name           = "production"
    model_name             = try(sagemaker_model.this[var.production_version].name, null)
    instance_type          = var.instance_type
    initial_instance_count = var.instance_count
    initial_variant_weight = 1
  }

  # The share of the requests that a shadow receives is its weight, as against that of the production variant.
  dynamic "shadow_production_variants" {
    for_each = var.shadow_version[*]

    content {
      variant_name           = "shadow"
      model_name             = try(sagemaker_model.this[shadow_production_variants.value].name, null)
      instance_type          = coalesce(var.shadow_instance_type, var.instance_type)
      initial_instance_count = coalesce(var.shadow_instance_count, var.instance_count)
      initial_variant_weight = var.shadow_percent / 100
    }
  }

  dynamic "data_capture_config" {
    for_each = var.data_capture[*]

    content {
      enable_capture              = true
      destination_s3_uri          = data_capture_config.value.destination_s3_uri
      initial_sampling_percentage = data_capture_config.value.sampling_percentage
      kms_key_id                  = data_capture_config.value.kms_key_arn

      capture_options {
        capture_mode = "Input"
      }

      capture_options {
        capture_mode = "Output"
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

    precondition {
      condition     = contains(keys(var.versions), var.production_version)
      error_message = "production_version is ${var.production_version}, which is not in versions. Those are: ${join(", ", keys(var.versions))}."
    }

    precondition {
      condition     = var.shadow_version == null ? true : contains(keys(var.versions), var.shadow_version)
      error_message = "shadow_version is ${coalesce(var.shadow_version, "null")}, which is not in versions. Those are: ${join(", ", keys(var.versions))}."
    }

    precondition {
      condition     = var.shadow_version == null ? true : var.shadow_version != var.production_version
      error_message = "shadow_version and production_version are the same. To promote a version, set shadow_version to null or to another version."
    }
  }
}

resource "sagemaker_endpoint" "this" {
  name                 = var.name
  endpoint_config_name = sagemaker_endpoint_configuration.this.name
  tags                 = var.tags

  deployment_config {
    blue_green_update_policy {
      termination_wait_in_seconds = var.bake_time_in_seconds

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

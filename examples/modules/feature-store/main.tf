resource "sagemaker_feature_group" "this" {
  for_each = var.feature_groups

  feature_group_name             = each.key
  description                    = each.value.description
  record_identifier_feature_name = each.value.record_identifier
  event_time_feature_name        = each.value.event_time
  role_arn                       = var.role_arn
  allow_feature_data_loss        = each.value.allow_feature_data_loss
  deletion_protection            = each.value.deletion_protection == null ? var.deletion_protection : each.value.deletion_protection
  tags                           = merge(var.tags, each.value.tags)

  # A further entry in the map adds a feature in place.
  dynamic "feature_definition" {
    for_each = provider::sagemaker::feature_definitions(each.value.features)

    content {
      feature_name = feature_definition.value.feature_name
      feature_type = feature_definition.value.feature_type
    }
  }

  dynamic "feature_definition" {
    for_each = each.value.collections

    content {
      feature_name    = feature_definition.key
      feature_type    = feature_definition.value.type
      collection_type = feature_definition.value.collection_type

      dynamic "collection_config" {
        for_each = feature_definition.value.dimension[*]

        content {
          vector_config {
            dimension = collection_config.value
          }
        }
      }
    }
  }

  dynamic "online_store_config" {
    for_each = each.value.online_store[*]

    content {
      enable_online_store = true
      storage_type        = online_store_config.value.storage_type

      dynamic "security_config" {
        for_each = var.online_store_kms_key_arn[*]

        content {
          kms_key_id = security_config.value
        }
      }

      dynamic "ttl_duration" {
        for_each = online_store_config.value.ttl[*]

        content {
          unit  = ttl_duration.value.unit
          value = ttl_duration.value.value
        }
      }
    }
  }

  dynamic "offline_store_config" {
    for_each = each.value.offline_store[*]

    content {
      table_format                = offline_store_config.value.table_format
      disable_glue_table_creation = !offline_store_config.value.create_glue_table

      s3_storage_config {
        s3_uri     = coalesce(offline_store_config.value.s3_uri, var.offline_store_s3_uri)
        kms_key_id = var.offline_store_kms_key_arn
      }

      dynamic "data_catalog_config" {
        for_each = offline_store_config.value.data_catalog[*]

        content {
          catalog    = data_catalog_config.value.catalog
          database   = data_catalog_config.value.database
          table_name = data_catalog_config.value.table_name
        }
      }
    }
  }

  dynamic "throughput_config" {
    for_each = each.value.throughput[*]

    content {
      throughput_mode                  = throughput_config.value.mode
      provisioned_read_capacity_units  = throughput_config.value.read_capacity_units
      provisioned_write_capacity_units = throughput_config.value.write_capacity_units
    }
  }

  lifecycle {
    precondition {
      condition     = contains(keys(each.value.features), each.value.record_identifier)
      error_message = "Feature group ${each.key}: its record_identifier ${each.value.record_identifier} is not in features."
    }

    precondition {
      condition     = contains(["String", "string", "Fractional", "float", "float64"], lookup(each.value.features, each.value.event_time, ""))
      error_message = "Feature group ${each.key}: its event_time ${each.value.event_time} has to be in features, as Fractional (Unix seconds) or String (ISO 8601)."
    }

    precondition {
      condition     = length(setintersection(keys(each.value.features), keys(each.value.collections))) == 0
      error_message = "Feature group ${each.key}: a name is in features or in collections, not in both."
    }

    precondition {
      condition     = each.value.offline_store == null ? true : var.role_arn != null && (each.value.offline_store.s3_uri != null || var.offline_store_s3_uri != null)
      error_message = "Feature group ${each.key}: an offline store needs role_arn and offline_store_s3_uri."
    }
  }
}

locals {
  # The described features of all groups, by group and name.
  descriptions = merge([
    for group, settings in var.feature_groups : {
      for feature, description in settings.feature_descriptions : "${group}/${feature}" => {
        group       = group
        feature     = feature
        description = description
      }
    }
  ]...)
}

resource "sagemaker_feature_metadata" "this" {
  for_each = local.descriptions

  feature_group_name = sagemaker_feature_group.this[each.value.group].feature_group_name
  feature_name       = each.value.feature
  description        = each.value.description

  lifecycle {
    precondition {
      condition     = contains(concat(keys(var.feature_groups[each.value.group].features), keys(var.feature_groups[each.value.group].collections)), each.value.feature)
      error_message = "Feature group ${each.value.group}: feature_descriptions describes ${each.value.feature}, which is no feature of it."
    }
  }
}

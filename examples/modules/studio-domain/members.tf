resource "sagemaker_user_profile" "this" {
  for_each = var.user_profiles

  domain_id                      = sagemaker_domain.this.id
  user_profile_name              = each.key
  single_sign_on_user_identifier = each.value.sso_user_name == null ? null : "UserName"
  single_sign_on_user_value      = each.value.sso_user_name
  deletion_protection            = each.value.deletion_protection == null ? var.deletion_protection : each.value.deletion_protection
  tags                           = merge(var.tags, each.value.tags)

  user_settings {
    # Always sent, so that a role of one's own can be taken away in place.
    execution_role  = coalesce(each.value.execution_role_arn, var.execution_role_arn)
    security_groups = each.value.security_group_ids

    dynamic "space_storage_settings" {
      for_each = each.value.space_storage[*]

      content {
        default_ebs_storage_settings {
          default_ebs_volume_size_in_gb = space_storage_settings.value.default_size_in_gb
          maximum_ebs_volume_size_in_gb = space_storage_settings.value.max_size_in_gb
        }
      }
    }

    dynamic "studio_web_portal_settings" {
      for_each = each.value.hidden_instance_types == null ? [] : [each.value.hidden_instance_types]

      content {
        hidden_app_types      = var.hidden_app_types
        hidden_instance_types = studio_web_portal_settings.value
      }
    }
  }

  lifecycle {
    precondition {
      condition     = (each.value.sso_user_name != null) == (var.auth_mode == "SSO")
      error_message = "User profile ${each.key}: sso_user_name is required if auth_mode is SSO, and not allowed if it is IAM."
    }
  }
}

# The service cannot take back the display name, instance type and idle timeout of a space, so a default is sent where none is given.
resource "sagemaker_space" "this" {
  for_each = var.spaces

  domain_id           = sagemaker_domain.this.id
  space_name          = each.key
  space_display_name  = coalesce(each.value.display_name, each.key)
  deletion_protection = each.value.deletion_protection == null ? var.deletion_protection : each.value.deletion_protection
  tags                = merge(var.tags, each.value.tags)

  ownership_settings {
    owner_user_profile_name = sagemaker_user_profile.this[each.value.owner].user_profile_name
  }

  space_sharing_settings {
    sharing_type = each.value.sharing_type
  }

  space_settings {
    app_type = each.value.app_type

    dynamic "jupyter_lab_app_settings" {
      for_each = each.value.app_type == "JupyterLab" ? [each.value] : []

      content {
        default_resource_spec {
          instance_type        = coalesce(each.value.instance_type, var.default_instance_type)
          lifecycle_config_arn = local.space_scripts[each.key]
        }

        app_lifecycle_management {
          idle_settings {
            idle_timeout_in_minutes = coalesce(each.value.idle_timeout_in_minutes, var.idle_shutdown.timeout_in_minutes)
          }
        }
      }
    }

    dynamic "code_editor_app_settings" {
      for_each = each.value.app_type == "CodeEditor" ? [each.value] : []

      content {
        default_resource_spec {
          instance_type        = coalesce(each.value.instance_type, var.default_instance_type)
          lifecycle_config_arn = local.space_scripts[each.key]
        }

        app_lifecycle_management {
          idle_settings {
            idle_timeout_in_minutes = coalesce(each.value.idle_timeout_in_minutes, var.idle_shutdown.timeout_in_minutes)
          }
        }
      }
    }

    space_storage_settings {
      ebs_storage_settings {
        ebs_volume_size_in_gb = coalesce(each.value.volume_size_in_gb, var.space_storage.default_size_in_gb)
      }
    }
  }

  lifecycle {
    precondition {
      condition     = contains(keys(var.user_profiles), each.value.owner)
      error_message = "Space ${each.key}: its owner ${each.value.owner} is not in user_profiles."
    }

    precondition {
      condition     = try(var.lifecycle_scripts[each.value.lifecycle_script].app_type == each.value.app_type, each.value.lifecycle_script == null)
      error_message = "Space ${each.key}: its lifecycle_script must be a key of lifecycle_scripts whose app_type is ${each.value.app_type}."
    }

    precondition {
      condition     = each.value.volume_size_in_gb == null ? true : each.value.volume_size_in_gb <= var.space_storage.max_size_in_gb
      error_message = "Space ${each.key}: volume_size_in_gb is more than max_size_in_gb of space_storage, ${var.space_storage.max_size_in_gb}."
    }
  }
}

locals {
  # The script of each space: its own, or the default for its type of app.
  space_scripts = {
    for name, space in var.spaces : name => (
      space.lifecycle_script == null
      ? local.default_scripts[space.app_type]
      : try(sagemaker_studio_lifecycle_config.this[space.lifecycle_script].arn, null)
    )
  }
}

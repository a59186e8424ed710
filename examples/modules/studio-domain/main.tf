locals {
  # The ARNs of the scripts that run by default, by type of app.
  default_scripts = {
    for app_type in ["JupyterLab", "CodeEditor"] : app_type => one([
      for name, script in var.lifecycle_scripts : sagemaker_studio_lifecycle_config.this[name].arn
      if script.default && script.app_type == app_type
    ])
  }

  # The ARNs of all scripts, by type of app.
  scripts = {
    for app_type in ["JupyterLab", "CodeEditor"] : app_type => [
      for name, script in var.lifecycle_scripts : sagemaker_studio_lifecycle_config.this[name].arn
      if script.app_type == app_type
    ]
  }

  custom_images = {
    for app_type in ["JupyterLab", "CodeEditor"] : app_type => [
      for image in var.custom_images : image if image.app_type == app_type
    ]
  }
}

resource "sagemaker_studio_lifecycle_config" "this" {
  for_each = var.lifecycle_scripts

  # The contents are fixed at the creation, so other contents get another name.
  studio_lifecycle_config_name     = "${var.domain_name}-${each.key}-${substr(sha256(each.value.content), 0, 8)}"
  studio_lifecycle_config_app_type = each.value.app_type
  studio_lifecycle_config_content  = base64encode(each.value.content)
  tags                             = var.tags

  lifecycle {
    # The service refuses to delete a script that the domain refers to.
    create_before_destroy = true
  }
}

resource "sagemaker_domain" "this" {
  domain_name             = var.domain_name
  auth_mode               = var.auth_mode
  vpc_id                  = var.vpc_id
  subnet_ids              = var.subnet_ids
  app_network_access_type = "VpcOnly"
  kms_key_id              = var.kms_key_arn
  deletion_protection     = var.deletion_protection
  force_destroy           = var.force_destroy
  tag_propagation         = "ENABLED"
  tags                    = var.tags

  domain_settings {
    execution_role_identity_config = var.user_as_source_identity ? "USER_PROFILE_NAME" : "DISABLED"

    docker_settings {
      enable_docker_access      = var.docker == null ? "DISABLED" : "ENABLED"
      vpc_only_trusted_accounts = try(var.docker.trusted_accounts, null)
    }
  }

  default_user_settings {
    execution_role    = var.execution_role_arn
    security_groups   = var.security_group_ids
    studio_web_portal = "ENABLED"

    jupyter_lab_app_settings {
      lifecycle_config_arns = local.scripts["JupyterLab"]

      default_resource_spec {
        instance_type                 = var.default_instance_type
        lifecycle_config_arn          = local.default_scripts["JupyterLab"]
        sagemaker_image_arn           = try(var.default_image.image_arn, null)
        sagemaker_image_version_alias = try(var.default_image.version_alias, null)
        sagemaker_image_version_arn   = try(var.default_image.version_arn, null)
      }

      app_lifecycle_management {
        idle_settings {
          lifecycle_management        = var.idle_shutdown.enabled ? "ENABLED" : "DISABLED"
          idle_timeout_in_minutes     = var.idle_shutdown.timeout_in_minutes
          min_idle_timeout_in_minutes = var.idle_shutdown.min_timeout_in_minutes
          max_idle_timeout_in_minutes = var.idle_shutdown.max_timeout_in_minutes
        }
      }

      dynamic "custom_image" {
        for_each = local.custom_images["JupyterLab"]

        content {
          image_name            = custom_image.value.image_name
          app_image_config_name = custom_image.value.app_image_config_name
          image_version_number  = custom_image.value.image_version_number
        }
      }
    }

    code_editor_app_settings {
      lifecycle_config_arns = local.scripts["CodeEditor"]

      default_resource_spec {
        instance_type                 = var.default_instance_type
        lifecycle_config_arn          = local.default_scripts["CodeEditor"]
        sagemaker_image_arn           = try(var.default_image.image_arn, null)
        sagemaker_image_version_alias = try(var.default_image.version_alias, null)
        sagemaker_image_version_arn   = try(var.default_image.version_arn, null)
      }

      app_lifecycle_management {
        idle_settings {
          lifecycle_management        = var.idle_shutdown.enabled ? "ENABLED" : "DISABLED"
          idle_timeout_in_minutes     = var.idle_shutdown.timeout_in_minutes
          min_idle_timeout_in_minutes = var.idle_shutdown.min_timeout_in_minutes
          max_idle_timeout_in_minutes = var.idle_shutdown.max_timeout_in_minutes
        }
      }

      dynamic "custom_image" {
        for_each = local.custom_images["CodeEditor"]

        content {
          image_name            = custom_image.value.image_name
          app_image_config_name = custom_image.value.app_image_config_name
          image_version_number  = custom_image.value.image_version_number
        }
      }
    }

    space_storage_settings {
      default_ebs_storage_settings {
        default_ebs_volume_size_in_gb = var.space_storage.default_size_in_gb
        maximum_ebs_volume_size_in_gb = var.space_storage.max_size_in_gb
      }
    }

    studio_web_portal_settings {
      hidden_app_types      = var.hidden_app_types
      hidden_instance_types = var.hidden_instance_types
    }
  }

  # Shared spaces take these settings; private spaces take those of their owner.
  default_space_settings {
    execution_role  = coalesce(var.shared_space_execution_role_arn, var.execution_role_arn)
    security_groups = var.security_group_ids

    jupyter_lab_app_settings {
      lifecycle_config_arns = local.scripts["JupyterLab"]

      default_resource_spec {
        instance_type                 = var.default_instance_type
        lifecycle_config_arn          = local.default_scripts["JupyterLab"]
        sagemaker_image_arn           = try(var.default_image.image_arn, null)
        sagemaker_image_version_alias = try(var.default_image.version_alias, null)
        sagemaker_image_version_arn   = try(var.default_image.version_arn, null)
      }

      app_lifecycle_management {
        idle_settings {
          lifecycle_management        = var.idle_shutdown.enabled ? "ENABLED" : "DISABLED"
          idle_timeout_in_minutes     = var.idle_shutdown.timeout_in_minutes
          min_idle_timeout_in_minutes = var.idle_shutdown.min_timeout_in_minutes
          max_idle_timeout_in_minutes = var.idle_shutdown.max_timeout_in_minutes
        }
      }

      dynamic "custom_image" {
        for_each = local.custom_images["JupyterLab"]

        content {
          image_name            = custom_image.value.image_name
          app_image_config_name = custom_image.value.app_image_config_name
          image_version_number  = custom_image.value.image_version_number
        }
      }
    }

    space_storage_settings {
      default_ebs_storage_settings {
        default_ebs_volume_size_in_gb = var.space_storage.default_size_in_gb
        maximum_ebs_volume_size_in_gb = var.space_storage.max_size_in_gb
      }
    }
  }

  retention_policy {
    home_efs_file_system = var.home_efs_file_system
  }
}

resource "sagemaker_domain" "test" {
  domain_name = var.name
  auth_mode   = "IAM"
  vpc_id      = "vpc-1"
  subnet_ids  = ["subnet-1", "subnet-2"]

  default_user_settings {
    execution_role = "arn:aws:iam::123456789012:role/studio"

    jupyter_lab_app_settings {
      built_in_lifecycle_config_arn = "arn:aws:sagemaker:us-east-1:123456789012:studio-lifecycle-config/first"
      lifecycle_config_arns         = ["arn:aws:sagemaker:us-east-1:123456789012:studio-lifecycle-config/other"]

      custom_image {
        image_name            = "tools"
        app_image_config_name = "tools"
      }

      default_resource_spec {
        instance_type        = "ml.t3.medium"
        lifecycle_config_arn = "arn:aws:sagemaker:us-east-1:123456789012:studio-lifecycle-config/other"
      }
    }

    kernel_gateway_app_settings {
      lifecycle_config_arns = ["arn:aws:sagemaker:us-east-1:123456789012:studio-lifecycle-config/kernel"]

      default_resource_spec {
        instance_type = "ml.t3.medium"
      }
    }
  }

  retention_policy {
    home_efs_file_system = "Delete"
  }
}

resource "sagemaker_domain" "test" {
  domain_name                   = var.name
  auth_mode                     = "IAM"
  vpc_id                        = "vpc-1"
  subnet_ids                    = ["subnet-3"]
  app_network_access_type       = "VpcOnly"
  app_security_group_management = "Customer"
  tags                          = { team = "growth" }

  default_user_settings {
    execution_role  = "arn:aws:iam::123456789012:role/studio"
    security_groups = ["sg-1"]

    jupyter_lab_app_settings {
      default_resource_spec {
        instance_type = "ml.t3.medium"
      }
    }

    kernel_gateway_app_settings {
      default_resource_spec {
        instance_type = "ml.t3.medium"
      }
    }
  }

  default_space_settings {
    execution_role = "arn:aws:iam::123456789012:role/spaces"
  }

  domain_settings {
    security_group_ids = ["sg-2"]

    docker_settings {
      enable_docker_access = "ENABLED"
    }
  }

  retention_policy {
    home_efs_file_system = "Delete"
  }
}

resource "sagemaker_domain" "team" {
  domain_name = "data-science"
  auth_mode   = "IAM"
  vpc_id      = "vpc-0123456789abcdef0"
  subnet_ids  = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]

  # All traffic goes through the VPC.
  app_network_access_type = "VpcOnly"

  default_user_settings {
    execution_role  = "arn:aws:iam::123456789012:role/studio"
    security_groups = ["sg-0123456789abcdef0"]

    # Apps that nobody uses cost nothing for long.
    jupyter_lab_app_settings {
      app_lifecycle_management {
        idle_settings {
          lifecycle_management    = "ENABLED"
          idle_timeout_in_minutes = 120
        }
      }
    }
  }

  retention_policy {
    home_efs_file_system = "Retain"
  }
}

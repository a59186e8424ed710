resource "sagemaker_domain" "test" {
  domain_name = var.name
  auth_mode   = "IAM"
  vpc_id      = "vpc-1"
  subnet_ids  = ["subnet-1"]

  default_user_settings {
    execution_role = "arn:aws:iam::123456789012:role/studio"
  }
}

resource "sagemaker_user_profile" "test" {
  domain_id         = sagemaker_domain.test.id
  user_profile_name = var.name

  user_settings {
    execution_role = "arn:aws:iam::123456789012:role/studio"

    canvas_app_settings {
      direct_deploy_settings {
        status = "ENABLED"
      }

      identity_provider_oauth_settings {
        data_source_name = "Snowflake"
        secret_arn       = "arn:aws:secretsmanager:us-east-1:123456789012:secret:snowflake-AbCdEf"
        status           = "ENABLED"
      }
    }
  }
}

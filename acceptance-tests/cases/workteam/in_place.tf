resource "sagemaker_workforce" "test" {
  workforce_name = var.name

  oidc_config {
    client_id              = "tests"
    client_secret          = "secret of tests"
    issuer                 = "https://login.example.com"
    authorization_endpoint = "https://login.example.com/authorize"
    token_endpoint         = "https://login.example.com/token"
    user_info_endpoint     = "https://login.example.com/userinfo"
    logout_endpoint        = "https://login.example.com/logout"
    jwks_uri               = "https://login.example.com/keys"
  }
}

resource "sagemaker_workteam" "test" {
  workteam_name  = var.name
  workforce_name = sagemaker_workforce.test.workforce_name
  description    = "Second"

  member_definition {
    oidc_member_definition {
      groups = ["reviewers"]
    }
  }

  notification_configuration {
    notification_topic_arn = "arn:aws:sns:eu-central-1:123456789012:results"
  }

  worker_access_configuration {
    s3_presign {
      iam_policy_constraints {
        source_ip = "Enabled"
      }
    }
  }

  tags = { step = "first" }
}

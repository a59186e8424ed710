resource "sagemaker_human_task_ui" "test" {
  human_task_ui_name = var.name

  ui_template {
    content = "<crowd-form><p>{{ task.input.text }}</p></crowd-form>"
  }
}

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
  description    = "Reviews"

  member_definition {
    oidc_member_definition {
      groups = ["reviewers"]
    }
  }
}

resource "sagemaker_flow_definition" "test" {
  flow_definition_name = var.name
  role_arn             = "arn:aws:iam::123456789012:role/tests"

  human_loop_config {
    human_task_ui_arn = sagemaker_human_task_ui.test.arn
    workteam_arn      = sagemaker_workteam.test.arn
    task_count        = 1
    task_title        = "Review"
    task_description  = "Is the text a complaint?"
    task_keywords     = ["text", "complaint"]
  }

  output_config {
    s3_output_path = "s3://answers-of-tests/"
  }

  tags = { step = "second" }
}

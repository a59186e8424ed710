resource "sagemaker_workteam" "reviewers" {
  workteam_name = "reviewers"
  description   = "Reviews what the models are not sure of."

  member_definition {
    oidc_member_definition {
      groups = ["reviewers"]
    }
  }

  notification_configuration {
    notification_topic_arn = "arn:aws:sns:eu-central-1:123456789012:tasks"
  }
}

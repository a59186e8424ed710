resource "sagemaker_action" "test" {
  action_name = "${var.name}-again"
  action_type = "ModelDeployment"
  description = "First"
  status      = "InProgress"
  properties  = { team = "growth", stage = "first" }

  source {
    source_uri = "arn:aws:sagemaker:eu-central-1:123456789012:endpoint/churn"
  }

  tags = { step = "first" }
}

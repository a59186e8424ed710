resource "sagemaker_action" "test" {
  action_name = var.name
  action_type = "ModelDeployment"
  description = "Second"
  status      = "InProgress"
  properties  = { stage = "second" }

  source {
    source_uri = "arn:aws:sagemaker:eu-central-1:123456789012:endpoint/churn"
  }

  tags = { step = "first" }
}

resource "sagemaker_action" "churn" {
  action_name = "churn"
  action_type = "ModelDeployment"
  description = "The churn endpoint."
  status      = "InProgress"
  properties  = { team = "growth", stage = "production" }

  source {
    source_uri = "arn:aws:sagemaker:eu-central-1:123456789012:endpoint/churn"
  }
}

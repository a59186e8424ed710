resource "sagemaker_context" "churn" {
  context_name = "churn"
  context_type = "Endpoint"
  description  = "The churn endpoint."
  properties   = { team = "growth", stage = "production" }

  source {
    source_uri = "arn:aws:sagemaker:eu-central-1:123456789012:endpoint/churn"
  }
}

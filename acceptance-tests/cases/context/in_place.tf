resource "sagemaker_context" "test" {
  context_name = var.name
  context_type = "Endpoint"
  description  = "Second"
  properties   = { stage = "second" }

  source {
    source_uri = "arn:aws:sagemaker:eu-central-1:123456789012:endpoint/churn"
  }

  tags = { step = "first" }
}

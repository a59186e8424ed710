resource "sagemaker_context" "test" {
  context_name = "${var.name}-again"
  context_type = "Endpoint"
  description  = "First"
  properties   = { team = "growth", stage = "first" }

  source {
    source_uri = "arn:aws:sagemaker:eu-central-1:123456789012:endpoint/churn"
  }

  tags = { step = "first" }
}

resource "sagemaker_hub" "test" {
  hub_name        = var.name
  hub_description = "Models"
}

resource "sagemaker_hub_content" "test" {
  hub_name                    = sagemaker_hub.test.hub_name
  hub_content_type            = "Model"
  hub_content_name            = "churn"
  document_schema_version     = "2.0.0"
  hub_content_document        = jsonencode({ Url = "s3://example-models/churn/", Framework = "sklearn" })
  hub_content_description     = "Who leaves"
  hub_content_search_keywords = ["churn", "growth"]

  tags = { step = "first" }
}

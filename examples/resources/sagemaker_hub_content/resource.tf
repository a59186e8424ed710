resource "sagemaker_hub_content" "churn" {
  hub_name                = "models"
  hub_content_type        = "Model"
  hub_content_name        = "churn"
  hub_content_version     = "1.0.0"
  document_schema_version = "2.3.0"
  hub_content_document = jsonencode({
    Url       = "s3://example-models/churn/"
    Framework = "xgboost"
  })
  hub_content_description     = "Who leaves"
  hub_content_search_keywords = ["churn", "growth"]
}

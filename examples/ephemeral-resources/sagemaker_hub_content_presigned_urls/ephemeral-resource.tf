ephemeral "sagemaker_hub_content_presigned_urls" "churn" {
  hub_name         = "models"
  hub_content_type = "Model"
  hub_content_name = "churn"
}

data "sagemaker_hub_content_versions" "churn" {
  hub_name         = "models"
  hub_content_type = "Model"
  hub_content_name = "churn"
}

output "versions" {
  value = data.sagemaker_hub_content_versions.churn.hub_content_summaries[*].hub_content_version
}

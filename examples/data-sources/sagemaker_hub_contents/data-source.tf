data "sagemaker_hub_contents" "models" {
  hub_name         = "models"
  hub_content_type = "Model"
  name_contains    = "churn"
}

output "names" {
  value = data.sagemaker_hub_contents.models.hub_content_summaries[*].hub_content_name
}

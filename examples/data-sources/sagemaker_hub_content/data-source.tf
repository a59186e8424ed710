# The latest version. `hub_content_version` would name another one.
data "sagemaker_hub_content" "churn" {
  hub_name         = "models"
  hub_content_type = "Model"
  hub_content_name = "churn"
}

output "framework" {
  value = jsondecode(data.sagemaker_hub_content.churn.hub_content_document).Framework
}

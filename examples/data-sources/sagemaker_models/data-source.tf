data "sagemaker_models" "churn" {
  name_contains = "churn"
  sort_by       = "CreationTime"
  sort_order    = "Descending"
}

output "latest" {
  value = data.sagemaker_models.churn.models[0].model_name
}

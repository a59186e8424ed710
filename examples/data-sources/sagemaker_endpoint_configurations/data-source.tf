data "sagemaker_endpoint_configurations" "churn" {
  name_contains = "churn"
  sort_by       = "CreationTime"
  sort_order    = "Descending"
}

output "latest" {
  value = data.sagemaker_endpoint_configurations.churn.endpoint_configs[0].endpoint_config_name
}

data "sagemaker_endpoint" "churn" {
  name = "churn"
}

# What the endpoint runs on at the moment, whatever its name.
data "sagemaker_endpoint_configuration" "current" {
  name = data.sagemaker_endpoint.churn.endpoint_config_name
}

output "models" {
  value = data.sagemaker_endpoint_configuration.current.production_variants[*].model_name
}

output "endpoint_name" {
  description = "Name to invoke the endpoint by."
  value       = sagemaker_endpoint.this.name
}

output "endpoint_arn" {
  description = "ARN of the endpoint, for policies that allow to invoke it."
  value       = sagemaker_endpoint.this.arn
}

output "endpoint_configuration_name" {
  description = "Name of the configuration that the endpoint runs."
  value       = sagemaker_endpoint_configuration.this.name
}

output "model_name" {
  description = "Name of the model that the endpoint serves."
  value       = sagemaker_model.this.name
}

output "variant_name" {
  description = "Name of the production variant, for scaling policies and alarms."
  value       = sagemaker_endpoint_configuration.this.production_variants[0].variant_name
}

output "endpoint_creation_time" {
  description = "When the endpoint was created. It stays the same as long as the endpoint is updated in place."
  value       = sagemaker_endpoint.this.creation_time
}

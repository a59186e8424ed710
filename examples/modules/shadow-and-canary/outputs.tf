output "endpoint_name" {
  description = "Name to invoke the endpoint by."
  value       = sagemaker_endpoint.this.name
}

output "endpoint_arn" {
  description = "ARN of the endpoint, for policies that allow to invoke it."
  value       = sagemaker_endpoint.this.arn
}

output "endpoint_creation_time" {
  description = "Time when the endpoint was created. It stays the same as long as the endpoint is updated in place."
  value       = sagemaker_endpoint.this.creation_time
}

output "endpoint_configuration_name" {
  description = "Name of the configuration that the endpoint runs."
  value       = sagemaker_endpoint.this.endpoint_config_name
}

output "model_names" {
  description = "Names of the models, by version."
  value       = { for version, model in sagemaker_model.this : version => model.name }
}

output "production_variant_name" {
  description = "Name of the production variant, for scaling policies and alarms. It is the same for all versions."
  value       = "production"
}

output "shadow_variant_name" {
  description = "Name of the shadow variant, for the comparison of metrics. Null if there is none."
  value       = var.shadow_version == null ? null : "shadow"
}

output "captured_data_s3_uris" {
  description = "S3 URIs under which requests and responses are recorded, by name of the variant. Empty without data_capture."
  value = {
    for variant in concat(["production"], var.shadow_version == null ? [] : ["shadow"]) :
    variant => "${trimsuffix(var.data_capture.destination_s3_uri, "/")}/${sagemaker_endpoint.this.name}/${variant}"
    if var.data_capture != null
  }
}

output "log_group_name" {
  description = "Name of the CloudWatch log group of the containers."
  value       = "/aws/sagemaker/Endpoints/${sagemaker_endpoint.this.name}"
}

output "autoscaling" {
  description = "Arguments of an aws_appautoscaling_target that scales the production variant: service_namespace, resource_id and scalable_dimension."
  value = {
    service_namespace  = "sagemaker"
    resource_id        = "endpoint/${sagemaker_endpoint.this.name}/variant/production"
    scalable_dimension = "sagemaker:variant:DesiredInstanceCount"
  }
}

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

output "model_name" {
  description = "Name of the model that the endpoint serves."
  value       = sagemaker_model.this.name
}

output "variant_name" {
  description = "Name of the production variant, for scaling policies and alarms."
  value       = sagemaker_endpoint_configuration.this.production_variants[0].variant_name
}

output "log_group_name" {
  description = "Name of the CloudWatch log group of the container."
  value       = "/aws/sagemaker/Endpoints/${sagemaker_endpoint.this.name}"
}

output "autoscaling" {
  description = "Arguments of an aws_appautoscaling_target that scales the number of instances: service_namespace, resource_id and scalable_dimension."
  value = {
    service_namespace  = "sagemaker"
    resource_id        = "endpoint/${sagemaker_endpoint.this.name}/variant/${sagemaker_endpoint_configuration.this.production_variants[0].variant_name}"
    scalable_dimension = "sagemaker:variant:DesiredInstanceCount"
  }
}

output "backlog_metrics" {
  description = "CloudWatch metrics to scale by: the queued requests per instance, and whether there are requests but no instance."
  value = {
    per_instance = {
      namespace   = "AWS/SageMaker"
      metric_name = "ApproximateBacklogSizePerInstance"
      dimensions  = { EndpointName = sagemaker_endpoint.this.name }
    }
    without_capacity = {
      namespace   = "AWS/SageMaker"
      metric_name = "HasBacklogWithoutCapacity"
      dimensions  = { EndpointName = sagemaker_endpoint.this.name }
    }
  }
}

output "s3_output_path" {
  description = "S3 URI under which responses are stored, for policies of those who read them."
  value       = sagemaker_endpoint.this.async_inference_config[0].output_config[0].s3_output_path
}

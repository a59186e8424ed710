output "endpoint_name" {
  description = "Name to invoke the endpoint by, together with the name of a component."
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

output "variant_name" {
  description = "Name of the production variant with the instances."
  value       = "AllTraffic"
}

output "component_names" {
  description = "Names to invoke the components and adapters by, by their name in components and adapters."
  value = merge(
    { for name, component in sagemaker_inference_component.this : name => component.inference_component_name },
    { for name, adapter in sagemaker_inference_component.adapter : name => adapter.inference_component_name },
  )
}

output "component_arns" {
  description = "ARNs of the components and adapters, for policies that allow to invoke them."
  value = merge(
    { for name, component in sagemaker_inference_component.this : name => component.arn },
    { for name, adapter in sagemaker_inference_component.adapter : name => adapter.arn },
  )
}

output "creation_times" {
  description = "Times when the components were created. They stay the same as long as the components are updated in place."
  value       = { for name, component in sagemaker_inference_component.this : name => component.creation_time }
}

output "log_group_names" {
  description = "Names of the CloudWatch log groups of the components."
  value       = { for name, component in sagemaker_inference_component.this : name => "/aws/sagemaker/InferenceComponents/${component.inference_component_name}" }
}

output "autoscaling" {
  description = "Arguments of an aws_appautoscaling_target for each component: service_namespace, resource_id and scalable_dimension."
  value = {
    for name, component in sagemaker_inference_component.this : name => {
      service_namespace  = "sagemaker"
      resource_id        = "inference-component/${component.inference_component_name}"
      scalable_dimension = "sagemaker:inference-component:DesiredCopyCount"
    }
  }
}

output "no_capacity_metrics" {
  description = "CloudWatch metric of each component that counts invocations while it has no copy: an alarm on it starts the first one."
  value = {
    for name, component in sagemaker_inference_component.this : name => {
      namespace   = "AWS/SageMaker"
      metric_name = "NoCapacityInvocationFailures"
      dimensions  = { InferenceComponentName = component.inference_component_name }
    }
  }
}

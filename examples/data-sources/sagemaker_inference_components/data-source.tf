data "sagemaker_inference_components" "language" {
  endpoint_name_equals = "language"
  status_equals        = "InService"
}

output "models" {
  value = data.sagemaker_inference_components.language.inference_components[*].inference_component_name
}

data "sagemaker_inference_component" "summaries" {
  inference_component_name = "summaries"
}

output "copies" {
  value = data.sagemaker_inference_component.summaries.runtime_config
}

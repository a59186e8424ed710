data "sagemaker_global_inference_gateways" "active" {
  filters {
    name  = "Status"
    value = "ACTIVE"
  }
}

output "gateways" {
  value = data.sagemaker_global_inference_gateways.active.global_inference_gateway_summaries[*].name
}

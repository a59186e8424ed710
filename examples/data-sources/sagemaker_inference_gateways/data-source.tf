data "sagemaker_inference_gateways" "chat" {
  identifier = "chat"
}

output "states" {
  value = {
    for gateway in data.sagemaker_inference_gateways.chat.inference_gateway_summaries :
    gateway.cluster_arn => gateway.status
  }
}

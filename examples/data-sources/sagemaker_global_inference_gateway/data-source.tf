data "sagemaker_global_inference_gateway" "chat" {
  name = "chat"
}

output "url" {
  value = data.sagemaker_global_inference_gateway.chat.endpoint_url
}

data "sagemaker_hub_content_reference" "llama" {
  hub_name         = "models"
  hub_content_name = "llama-3-1-8b"
}

output "original" {
  value = data.sagemaker_hub_content_reference.llama.sagemaker_public_hub_content_arn
}

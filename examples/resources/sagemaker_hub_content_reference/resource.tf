resource "sagemaker_hub_content_reference" "llama" {
  hub_name                         = "models"
  hub_content_name                 = "llama-3-1-8b"
  sagemaker_public_hub_content_arn = "arn:aws:sagemaker:us-east-1:aws:hub-content/SageMakerPublicHub/Model/meta-textgeneration-llama-3-1-8b"
  min_version                      = "2.0.0"
}

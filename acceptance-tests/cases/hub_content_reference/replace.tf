resource "sagemaker_hub" "test" {
  hub_name        = var.name
  hub_description = "Models"
}

resource "sagemaker_hub_content_reference" "test" {
  hub_name                         = sagemaker_hub.test.hub_name
  hub_content_name                 = "other"
  sagemaker_public_hub_content_arn = "arn:aws:sagemaker:us-east-1:aws:hub-content/SageMakerPublicHub/Model/some-model"
}

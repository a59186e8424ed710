resource "sagemaker_training_session" "style" {
  training_session_name   = "style"
  role_arn                = "arn:aws:iam::123456789012:role/training"
  model_package_group_arn = "arn:aws:sagemaker:eu-central-1:123456789012:model-package-group/style"

  lora_config {
    rank  = 16
    alpha = 32
  }

  model_config {
    base_model_arn = "arn:aws:sagemaker:eu-central-1:aws:hub-content/SageMakerPublicHub/Model/some-model/1.0.0"
    accept_eula    = true
  }

  output_config {
    s3_location {
      path = "s3://example-models/style/"
    }
  }
}

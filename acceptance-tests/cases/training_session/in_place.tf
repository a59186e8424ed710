resource "sagemaker_training_session" "test" {
  training_session_name = var.name
  role_arn              = "arn:aws:iam::123456789012:role/training"

  lora_config {
    rank  = 16
    alpha = 32
  }

  model_config {
    base_model_arn = "arn:aws:sagemaker:us-east-1:aws:hub-content/SageMakerPublicHub/Model/some-model/1.0.0"
    accept_eula    = true
  }

  output_config {
    s3_location {
      path = "s3://example-models/session/"
    }
  }

  tags = { step = "second" }
}

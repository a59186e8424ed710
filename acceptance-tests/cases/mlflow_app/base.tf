resource "sagemaker_mlflow_app" "test" {
  name                    = var.name
  artifact_store_uri      = "s3://example/one"
  role_arn                = "arn:aws:iam::123456789012:role/one"
  model_registration_mode = "AutoModelRegistrationEnabled"
}

resource "sagemaker_mlflow_tracking_server" "test" {
  tracking_server_name         = var.name
  artifact_store_uri           = "s3://example/mlflow"
  role_arn                     = "arn:aws:iam::123456789012:role/two"
  tracking_server_size         = "Medium"
  automatic_model_registration = false
}

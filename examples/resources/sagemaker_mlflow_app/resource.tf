resource "sagemaker_mlflow_app" "experiments" {
  name               = "experiments"
  artifact_store_uri = "s3://example-mlflow/artifacts"
  role_arn           = "arn:aws:iam::123456789012:role/mlflow"
}

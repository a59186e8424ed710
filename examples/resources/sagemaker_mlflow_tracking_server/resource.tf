resource "sagemaker_mlflow_tracking_server" "experiments" {
  tracking_server_name            = "experiments"
  artifact_store_uri              = "s3://example-mlflow/artifacts"
  role_arn                        = "arn:aws:iam::123456789012:role/mlflow"
  tracking_server_size            = "Medium"
  weekly_maintenance_window_start = "Sun:03:30"

  timeouts {
    create = "1h"
  }
}

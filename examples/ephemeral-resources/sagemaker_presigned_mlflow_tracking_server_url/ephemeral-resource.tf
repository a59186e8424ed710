ephemeral "sagemaker_presigned_mlflow_tracking_server_url" "experiments" {
  tracking_server_name                   = "experiments"
  expires_in_seconds                     = 60
  session_expiration_duration_in_seconds = 1800
}

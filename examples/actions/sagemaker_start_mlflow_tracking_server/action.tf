action "sagemaker_start_mlflow_tracking_server" "experiments" {
  config {
    tracking_server_name = "experiments"
  }
}

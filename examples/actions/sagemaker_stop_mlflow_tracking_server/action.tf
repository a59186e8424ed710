action "sagemaker_stop_mlflow_tracking_server" "experiments" {
  config {
    tracking_server_name = "experiments"
  }
}

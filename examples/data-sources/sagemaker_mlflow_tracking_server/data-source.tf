data "sagemaker_mlflow_tracking_server" "experiments" {
  tracking_server_name = "experiments"
}

output "url" {
  value = data.sagemaker_mlflow_tracking_server.experiments.tracking_server_url
}

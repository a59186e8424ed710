data "sagemaker_mlflow_tracking_servers" "running" {
  sort_by    = "Name"
  sort_order = "Ascending"
}

output "running" {
  value = [
    for server in data.sagemaker_mlflow_tracking_servers.running.tracking_server_summaries :
    server.tracking_server_name
    if server.is_active == "Active"
  ]
}

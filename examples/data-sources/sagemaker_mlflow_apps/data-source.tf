data "sagemaker_mlflow_apps" "all" {
  sort_by    = "Name"
  sort_order = "Ascending"
}

output "arns" {
  value = { for app in data.sagemaker_mlflow_apps.all.summaries : app.name => app.arn }
}

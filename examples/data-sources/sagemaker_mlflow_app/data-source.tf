# An app has an ARN that the service makes up, so it is found in the list of all.
data "sagemaker_mlflow_apps" "all" {}

data "sagemaker_mlflow_app" "experiments" {
  arn = one([
    for app in data.sagemaker_mlflow_apps.all.summaries : app.arn
    if app.name == "experiments"
  ])
}

output "artifacts" {
  value = data.sagemaker_mlflow_app.experiments.artifact_store_uri
}

# The service generates the ARN of an app, so the app is looked up by name.
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

data "sagemaker_mlflow_apps" "all" {}

ephemeral "sagemaker_presigned_mlflow_app_url" "experiments" {
  arn = one([
    for app in data.sagemaker_mlflow_apps.all.summaries : app.arn
    if app.name == "experiments"
  ])
}

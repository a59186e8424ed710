list "sagemaker_mlflow_app" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_mlflow_app" "some" {
  provider = sagemaker

  config {
    tags = {
      team = "ml"
    }
  }
}

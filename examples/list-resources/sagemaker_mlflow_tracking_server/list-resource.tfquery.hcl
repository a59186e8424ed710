list "sagemaker_mlflow_tracking_server" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_mlflow_tracking_server" "some" {
  provider = sagemaker

  config {
    tags = {
      team = "ml"
    }
  }
}

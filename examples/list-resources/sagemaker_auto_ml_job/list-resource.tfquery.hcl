list "sagemaker_auto_ml_job" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_auto_ml_job" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

list "sagemaker_optimization_job" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_optimization_job" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

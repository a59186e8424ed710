list "sagemaker_workteam" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_workteam" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

list "sagemaker_project" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_project" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

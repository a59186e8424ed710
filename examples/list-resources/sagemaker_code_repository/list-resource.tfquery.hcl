list "sagemaker_code_repository" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_code_repository" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

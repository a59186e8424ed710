list "sagemaker_algorithm" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_algorithm" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

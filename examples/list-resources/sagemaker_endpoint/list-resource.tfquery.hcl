list "sagemaker_endpoint" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_endpoint" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

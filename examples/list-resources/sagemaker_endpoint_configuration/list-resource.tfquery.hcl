list "sagemaker_endpoint_configuration" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_endpoint_configuration" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

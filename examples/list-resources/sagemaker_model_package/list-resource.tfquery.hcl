list "sagemaker_model_package" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_model_package" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

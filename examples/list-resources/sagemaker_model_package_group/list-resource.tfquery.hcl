list "sagemaker_model_package_group" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_model_package_group" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

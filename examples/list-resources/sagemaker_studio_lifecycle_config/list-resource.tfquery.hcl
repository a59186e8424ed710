list "sagemaker_studio_lifecycle_config" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_studio_lifecycle_config" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

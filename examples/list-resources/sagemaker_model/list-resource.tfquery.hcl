list "sagemaker_model" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_model" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

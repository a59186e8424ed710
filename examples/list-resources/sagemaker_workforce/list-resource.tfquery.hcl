list "sagemaker_workforce" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_workforce" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

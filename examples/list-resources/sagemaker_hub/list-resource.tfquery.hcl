list "sagemaker_hub" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_hub" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

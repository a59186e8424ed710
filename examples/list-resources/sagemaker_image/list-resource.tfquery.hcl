list "sagemaker_image" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_image" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

list "sagemaker_transform_job" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_transform_job" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

list "sagemaker_compute_quota" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_compute_quota" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

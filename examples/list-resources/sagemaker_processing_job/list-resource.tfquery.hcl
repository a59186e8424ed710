list "sagemaker_processing_job" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_processing_job" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

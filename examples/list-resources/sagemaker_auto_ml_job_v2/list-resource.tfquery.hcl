list "sagemaker_auto_ml_job_v2" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_auto_ml_job_v2" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

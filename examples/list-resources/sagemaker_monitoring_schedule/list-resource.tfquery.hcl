list "sagemaker_monitoring_schedule" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_monitoring_schedule" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

list "sagemaker_ai_workload_config" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_ai_workload_config" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

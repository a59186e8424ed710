list "sagemaker_cluster_scheduler_config" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_cluster_scheduler_config" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

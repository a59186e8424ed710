list "sagemaker_hyper_parameter_tuning_job" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_hyper_parameter_tuning_job" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

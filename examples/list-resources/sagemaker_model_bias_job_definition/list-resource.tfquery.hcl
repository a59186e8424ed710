list "sagemaker_model_bias_job_definition" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_model_bias_job_definition" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

list "sagemaker_pipeline" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_pipeline" "some" {
  provider = sagemaker

  config {
    pipeline_name_prefix = "churn"
  }
}

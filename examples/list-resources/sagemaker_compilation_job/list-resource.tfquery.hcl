list "sagemaker_compilation_job" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_compilation_job" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

list "sagemaker_notebook_instance_lifecycle_configuration" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_notebook_instance_lifecycle_configuration" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

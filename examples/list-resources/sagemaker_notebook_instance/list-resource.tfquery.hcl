list "sagemaker_notebook_instance" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_notebook_instance" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

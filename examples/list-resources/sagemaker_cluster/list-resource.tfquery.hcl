list "sagemaker_cluster" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_cluster" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

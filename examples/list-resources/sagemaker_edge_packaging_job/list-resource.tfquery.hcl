list "sagemaker_edge_packaging_job" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_edge_packaging_job" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

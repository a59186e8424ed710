list "sagemaker_edge_deployment_plan" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_edge_deployment_plan" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

list "sagemaker_inference_component" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_inference_component" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

list "sagemaker_inference_experiment" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_inference_experiment" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

list "sagemaker_inference_recommendations_job" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_inference_recommendations_job" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

list "sagemaker_ai_recommendation_job" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_ai_recommendation_job" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

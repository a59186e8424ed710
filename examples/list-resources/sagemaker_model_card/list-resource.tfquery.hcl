list "sagemaker_model_card" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_model_card" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

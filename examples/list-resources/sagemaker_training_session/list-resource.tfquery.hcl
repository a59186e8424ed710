list "sagemaker_training_session" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_training_session" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

list "sagemaker_feature_group" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_feature_group" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

list "sagemaker_app_image_config" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_app_image_config" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

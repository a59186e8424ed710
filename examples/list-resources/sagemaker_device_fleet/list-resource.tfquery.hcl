list "sagemaker_device_fleet" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_device_fleet" "some" {
  provider = sagemaker

  config {
    name_contains = "churn"
  }
}

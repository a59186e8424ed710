list "sagemaker_device" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_device" "some" {
  provider = sagemaker

  config {
    tags = {
      team = "ml"
    }
  }
}

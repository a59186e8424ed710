list "sagemaker_app" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_app" "some" {
  provider = sagemaker

  config {
    tags = {
      team = "ml"
    }
  }
}

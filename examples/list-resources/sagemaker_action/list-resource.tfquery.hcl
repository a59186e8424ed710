list "sagemaker_action" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_action" "some" {
  provider = sagemaker

  config {
    tags = {
      team = "ml"
    }
  }
}

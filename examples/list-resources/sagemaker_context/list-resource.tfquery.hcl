list "sagemaker_context" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_context" "some" {
  provider = sagemaker

  config {
    tags = {
      team = "ml"
    }
  }
}

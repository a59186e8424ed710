list "sagemaker_artifact" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_artifact" "some" {
  provider = sagemaker

  config {
    tags = {
      team = "ml"
    }
  }
}

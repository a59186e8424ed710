list "sagemaker_domain" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_domain" "some" {
  provider = sagemaker

  config {
    tags = {
      team = "ml"
    }
  }
}

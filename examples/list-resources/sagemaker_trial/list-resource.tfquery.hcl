list "sagemaker_trial" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_trial" "some" {
  provider = sagemaker

  config {
    tags = {
      team = "ml"
    }
  }
}

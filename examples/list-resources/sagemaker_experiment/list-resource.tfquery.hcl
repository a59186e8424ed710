list "sagemaker_experiment" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_experiment" "some" {
  provider = sagemaker

  config {
    tags = {
      team = "ml"
    }
  }
}

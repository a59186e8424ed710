list "sagemaker_trial_component" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_trial_component" "some" {
  provider = sagemaker

  config {
    tags = {
      team = "ml"
    }
  }
}

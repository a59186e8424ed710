list "sagemaker_training_plan" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_training_plan" "some" {
  provider = sagemaker

  config {
    tags = {
      team = "ml"
    }
  }
}

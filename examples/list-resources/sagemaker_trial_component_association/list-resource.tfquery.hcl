list "sagemaker_trial_component_association" "all" {
  provider = sagemaker
  limit    = 1000

  config {
    trial_name = "churn-deep"
  }
}

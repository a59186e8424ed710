resource "sagemaker_experiment" "test" {
  experiment_name = var.name
  description     = "First"
}

resource "sagemaker_trial" "test" {
  trial_name      = var.name
  experiment_name = sagemaker_experiment.test.experiment_name
  display_name    = "first"

  metadata_properties {
    repository = "https://git.example.com/churn"
    commit_id  = "0123456789abcdef0123456789abcdef01234567"
  }

  tags = { step = "first" }
}

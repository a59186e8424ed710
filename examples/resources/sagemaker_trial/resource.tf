resource "sagemaker_experiment" "churn" {
  experiment_name = "churn-with-trees"
  description     = "Which features predict churn?"
}

resource "sagemaker_trial" "trees" {
  trial_name      = "churn-trees"
  experiment_name = sagemaker_experiment.churn.experiment_name
  display_name    = "trees"

  metadata_properties {
    repository = "https://git.example.com/churn"
    commit_id  = "0123456789abcdef0123456789abcdef01234567"
  }
}

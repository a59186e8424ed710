data "sagemaker_experiment" "churn" {
  experiment_name = "churn"
}

resource "sagemaker_trial" "linear" {
  trial_name      = "churn-linear"
  experiment_name = data.sagemaker_experiment.churn.experiment_name
}

resource "sagemaker_experiment" "churn" {
  experiment_name = "churn-in-depth"
}

resource "sagemaker_trial" "deep" {
  trial_name      = "churn-deep"
  experiment_name = sagemaker_experiment.churn.experiment_name
}

resource "sagemaker_trial_component" "data" {
  trial_component_name = "churn-data"
}

resource "sagemaker_trial_component_association" "data" {
  trial_name           = sagemaker_trial.deep.trial_name
  trial_component_name = sagemaker_trial_component.data.trial_component_name
}

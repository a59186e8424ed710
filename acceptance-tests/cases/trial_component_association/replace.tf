resource "sagemaker_experiment" "test" {
  experiment_name = var.name
}

resource "sagemaker_trial" "test" {
  for_each        = toset(["a", "b"])
  trial_name      = "${var.name}-${each.key}"
  experiment_name = sagemaker_experiment.test.experiment_name
}

resource "sagemaker_trial_component" "test" {
  for_each             = toset(["data", "fit"])
  trial_component_name = "${var.name}-${each.key}"
}

resource "sagemaker_trial_component_association" "test" {
  trial_name           = sagemaker_trial.test["b"].trial_name
  trial_component_name = sagemaker_trial_component.test["fit"].trial_component_name
}

resource "sagemaker_trial_component_association" "other" {
  trial_name           = sagemaker_trial.test["a"].trial_name
  trial_component_name = sagemaker_trial_component.test["data"].trial_component_name
}

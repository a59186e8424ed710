data "sagemaker_trial_component" "trees" {
  trial_component_name = "churn-trees"
}

output "parameters" {
  value = data.sagemaker_trial_component.trees.parameters
}

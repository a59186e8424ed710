data "sagemaker_trial_component_association" "data" {
  trial_name           = "churn-deep"
  trial_component_name = "churn-data"
}

output "id" {
  value = data.sagemaker_trial_component_association.data.id
}

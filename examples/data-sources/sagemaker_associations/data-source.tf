data "sagemaker_action" "deployment" {
  action_name = "churn-deployment"
}

data "sagemaker_associations" "of_deployment" {
  destination_arn  = data.sagemaker_action.deployment.arn
  association_type = "ContributedTo"
}

output "contributors" {
  value = data.sagemaker_associations.of_deployment.association_summaries[*].source_name
}

data "sagemaker_action" "churn" {
  action_name = "churn"
}

output "deployed_from" {
  value = data.sagemaker_action.churn.source[0].source_uri
}

data "sagemaker_actions" "deployments" {
  action_type   = "ModelDeployment"
  created_after = "2026-01-01T00:00:00Z"
}

output "deployments" {
  value = data.sagemaker_actions.deployments.action_summaries[*].action_name
}

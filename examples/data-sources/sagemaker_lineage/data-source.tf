data "sagemaker_action" "deployment" {
  action_name = "churn-deployment"
}

data "sagemaker_lineage" "before_deployment" {
  start_arns    = [data.sagemaker_action.deployment.arn]
  direction     = "Ascendants"
  include_edges = true
  max_depth     = 5

  filters {
    lineage_types = ["Artifact"]
  }
}

output "made_from" {
  value = data.sagemaker_lineage.before_deployment.vertices[*].arn
}

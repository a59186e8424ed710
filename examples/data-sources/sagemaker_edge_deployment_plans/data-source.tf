data "sagemaker_edge_deployment_plans" "faces" {
  name_contains = "faces"
}

output "failed" {
  value = {
    for plan in data.sagemaker_edge_deployment_plans.faces.edge_deployment_plan_summaries :
    plan.edge_deployment_plan_name => plan.edge_deployment_failed
  }
}

data "sagemaker_edge_deployment_plan" "faces" {
  edge_deployment_plan_name = "faces"
}

output "progress" {
  value = {
    done    = data.sagemaker_edge_deployment_plan.faces.edge_deployment_success
    pending = data.sagemaker_edge_deployment_plan.faces.edge_deployment_pending
    failed  = data.sagemaker_edge_deployment_plan.faces.edge_deployment_failed
  }
}

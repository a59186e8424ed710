action "sagemaker_stop_edge_deployment_stage" "pilot" {
  config {
    edge_deployment_plan_name = "faces"
    stage_name                = "pilot"
  }
}

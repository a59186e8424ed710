data "sagemaker_edge_deployment_stage_devices" "pilot" {
  edge_deployment_plan_name = "faces"
  stage_name                = "pilot"
}

output "states" {
  value = {
    for device in data.sagemaker_edge_deployment_stage_devices.pilot.device_deployment_summaries :
    device.device_name => device.device_deployment_status
  }
}

data "sagemaker_device_fleet_report" "cameras" {
  device_fleet_name = "cameras"
}

output "connected" {
  value = data.sagemaker_device_fleet_report.cameras.device_stats[0].connected_device_count
}

data "sagemaker_devices" "gates" {
  device_fleet_name = "gates"
}

output "silent" {
  value = [
    for device in data.sagemaker_devices.gates.device_summaries : device.device_name
    if device.latest_heartbeat == null
  ]
}

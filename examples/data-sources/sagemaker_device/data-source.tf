data "sagemaker_device" "north" {
  device_fleet_name = "gates"
  device_name       = "north"
}

output "last_seen" {
  value = data.sagemaker_device.north.latest_heartbeat
}

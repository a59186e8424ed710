data "sagemaker_device_fleet" "cameras" {
  device_fleet_name = "cameras"
}

output "role_alias" {
  value = data.sagemaker_device_fleet.cameras.iot_role_alias
}

data "sagemaker_device_fleets" "all" {
  sort_by    = "NAME"
  sort_order = "Ascending"
}

output "fleets" {
  value = data.sagemaker_device_fleets.all.device_fleet_summaries[*].device_fleet_name
}

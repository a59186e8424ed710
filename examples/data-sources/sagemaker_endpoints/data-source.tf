data "sagemaker_endpoints" "live" {
  status_equals = "InService"
  sort_by       = "Name"
  sort_order    = "Ascending"
}

output "names" {
  value = data.sagemaker_endpoints.live.endpoints[*].endpoint_name
}

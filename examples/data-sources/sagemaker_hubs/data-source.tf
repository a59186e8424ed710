data "sagemaker_hubs" "all" {
  sort_by    = "HubName"
  sort_order = "Ascending"
}

output "names" {
  value = data.sagemaker_hubs.all.hub_summaries[*].hub_name
}

data "sagemaker_resource_catalogs" "all" {
  sort_by    = "CreationTime"
  sort_order = "Ascending"
}

output "names" {
  value = data.sagemaker_resource_catalogs.all.resource_catalogs[*].resource_catalog_name
}

data "sagemaker_model_package_groups" "churn" {
  name_contains = "churn"
  sort_by       = "Name"
  sort_order    = "Ascending"
}

output "names" {
  value = data.sagemaker_model_package_groups.churn.model_package_group_summary_list[*].model_package_group_name
}

data "sagemaker_feature_groups" "customers" {
  name_contains               = "customers"
  feature_group_status_equals = "Created"
}

output "names" {
  value = data.sagemaker_feature_groups.customers.feature_group_summaries[*].feature_group_name
}

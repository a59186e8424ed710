data "sagemaker_feature_group" "customers" {
  feature_group_name = "customers"
}

output "features" {
  value = data.sagemaker_feature_group.customers.feature_definition[*].feature_name
}

data "sagemaker_feature_metadata" "orders" {
  feature_group_name = "customers"
  feature_name       = "orders"
}

output "meaning" {
  value = data.sagemaker_feature_metadata.orders.description
}

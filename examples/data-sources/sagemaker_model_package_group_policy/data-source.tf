data "sagemaker_model_package_group_policy" "churn" {
  model_package_group_name = "churn-for-production"
}

output "who_may_read" {
  value = jsondecode(data.sagemaker_model_package_group_policy.churn.resource_policy).Statement[*].Principal
}

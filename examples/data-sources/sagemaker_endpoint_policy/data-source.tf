data "sagemaker_endpoint_policy" "churn" {
  endpoint_name = "churn"
}

output "who_may_invoke" {
  value = jsondecode(data.sagemaker_endpoint_policy.churn.resource_policy).Statement[*].Principal
}

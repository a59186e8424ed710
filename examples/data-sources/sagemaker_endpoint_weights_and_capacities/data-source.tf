data "sagemaker_endpoint_weights_and_capacities" "churn" {
  endpoint_name = "churn"
}

output "weights" {
  value = {
    for variant in data.sagemaker_endpoint_weights_and_capacities.churn.variant :
    variant.variant_name => variant.desired_weight
  }
}

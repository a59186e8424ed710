resource "sagemaker_endpoint_weights_and_capacities" "churn" {
  endpoint_name = "churn"

  variant {
    variant_name   = "main"
    desired_weight = 1
  }
}

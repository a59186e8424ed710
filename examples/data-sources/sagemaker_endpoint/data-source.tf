data "sagemaker_endpoint" "churn" {
  name = "churn"
}

output "instances" {
  value = {
    for variant in data.sagemaker_endpoint.churn.production_variants :
    variant.variant_name => variant.current_instance_count
  }
}

data "sagemaker_inference_router" "churn" {
  inference_router_name = "churn"
}

output "destinations" {
  value = flatten(data.sagemaker_inference_router.churn.routing_targets[*].destinations[*].resource_arn)
}

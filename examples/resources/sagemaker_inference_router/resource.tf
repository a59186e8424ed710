resource "sagemaker_inference_router" "churn" {
  inference_router_name = "churn"

  routing_target {
    name = "churn"

    destination {
      resource_arn = "arn:aws:sagemaker:eu-central-1:123456789012:endpoint/churn"
    }

    destination {
      resource_arn = "arn:aws:sagemaker:eu-west-1:210987654321:endpoint/churn"
    }
  }
}

resource "sagemaker_inference_router" "churn" {
  inference_router_name = "churn"

  routing_targets {
    name = "churn"

    destinations {
      resource_arn = "arn:aws:sagemaker:eu-central-1:123456789012:endpoint/churn"
    }

    destinations {
      resource_arn = "arn:aws:sagemaker:eu-west-1:210987654321:endpoint/churn"
    }
  }
}

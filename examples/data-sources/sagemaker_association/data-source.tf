data "sagemaker_artifacts" "orders" {
  source_uri = "s3://example-data/orders/"
}

data "sagemaker_action" "deployment" {
  action_name = "churn-deployment"
}

data "sagemaker_association" "data_of_deployment" {
  source_arn      = one(data.sagemaker_artifacts.orders.artifact_summaries).artifact_arn
  destination_arn = data.sagemaker_action.deployment.arn
}

output "kind" {
  value = data.sagemaker_association.data_of_deployment.association_type
}

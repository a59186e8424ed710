resource "sagemaker_artifact" "orders" {
  artifact_name = "orders"
  artifact_type = "DataSet"

  properties = { team = "growth", stage = "first" }

  source {
    source_uri = "s3://example-data/orders/"
  }
}

resource "sagemaker_action" "deployment" {
  action_name = "churn-deployment"
  action_type = "ModelDeployment"

  properties = { team = "growth", stage = "first" }

  source {
    source_uri = "arn:aws:sagemaker:eu-central-1:123456789012:endpoint/churn"
  }
}

resource "sagemaker_association" "this" {
  source_arn       = sagemaker_artifact.orders.arn
  destination_arn  = sagemaker_action.deployment.arn
  association_type = "ContributedTo"
}

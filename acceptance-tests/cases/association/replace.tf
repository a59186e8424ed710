resource "sagemaker_artifact" "test" {
  artifact_name = var.name
  artifact_type = "DataSet"

  properties = { team = "growth", stage = "first" }

  source {
    source_uri = "s3://example-data/${var.name}/"
  }
}

resource "sagemaker_action" "test" {
  action_name = var.name
  action_type = "ModelDeployment"

  properties = { team = "growth", stage = "first" }

  source {
    source_uri = "arn:aws:sagemaker:eu-central-1:123456789012:endpoint/churn"
  }
}

resource "sagemaker_association" "test" {
  source_arn       = sagemaker_artifact.test.arn
  destination_arn  = sagemaker_action.test.arn
  association_type = "AssociatedWith"
}

resource "sagemaker_artifact" "test" {
  artifact_name = var.name
  artifact_type = "DataSet"

  properties = { team = "growth", stage = "first" }

  source {
    source_uri = "s3://example-data/${var.name}/"
  }

  tags = { step = "first" }
}

resource "sagemaker_artifact" "customers" {
  artifact_name = "customers"
  artifact_type = "DataSet"

  properties = { team = "growth", stage = "raw" }

  source {
    source_uri = "s3://example-data/customers/"
  }
}

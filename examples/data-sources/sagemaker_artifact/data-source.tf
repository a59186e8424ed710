# The service generates the ARN of an artifact, so the artifact is looked up by its source.
data "sagemaker_artifacts" "customers" {
  source_uri = "s3://example-data/customers/"
}

data "sagemaker_artifact" "customers" {
  arn = one(data.sagemaker_artifacts.customers.artifact_summaries).artifact_arn
}

output "properties" {
  value = data.sagemaker_artifact.customers.properties
}

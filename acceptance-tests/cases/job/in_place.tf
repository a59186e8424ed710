resource "sagemaker_job" "test" {
  job_name                  = var.name
  job_category              = "DataTransformation"
  role_arn                  = "arn:aws:iam::123456789012:role/job"
  job_config_schema_version = "1.0.0"
  job_config_document       = jsonencode({ input = "s3://example-data/raw/", output = "s3://example-data/clean/" })
  wait_for_completion       = true

  tags = { step = "second" }
}

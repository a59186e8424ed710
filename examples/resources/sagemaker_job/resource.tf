resource "sagemaker_job" "clean" {
  job_name                  = "clean-2026-11"
  job_category              = "DataTransformation"
  role_arn                  = "arn:aws:iam::123456789012:role/jobs"
  job_config_schema_version = "1.0.0"
  job_config_document = jsonencode({
    input  = "s3://example-data/raw/"
    output = "s3://example-data/clean/"
  })
}

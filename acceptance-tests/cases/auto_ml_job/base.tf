resource "sagemaker_auto_ml_job" "test" {
  auto_ml_job_name    = var.name
  role_arn            = "arn:aws:iam::123456789012:role/automl"
  wait_for_completion = true

  input_data_config {
    target_attribute_name = "left"

    data_source {
      s3_data_source {
        s3_data_type = "S3Prefix"
        s3_uri       = "s3://data-of-tests/train/"
      }
    }
  }

  output_data_config {
    s3_output_path = "s3://data-of-tests/output/"
  }

  tags = { step = "first" }
}

resource "sagemaker_compilation_job" "test" {
  compilation_job_name = var.name
  role_arn             = "arn:aws:iam::123456789012:role/compilation"

  input_config {
    s3_uri            = "s3://example-models/faces.tar.gz"
    framework         = "PYTORCH"
    framework_version = "1.13"
    data_input_config = jsonencode({ input0 = [1, 3, 224, 224] })
  }

  output_config {
    s3_output_location = "s3://example-models/compiled/"
    target_device      = "ml_c5"
  }

  stopping_condition {
    max_runtime_in_seconds = 900
  }

  wait_for_completion = true
  tags                = { step = "second" }
}

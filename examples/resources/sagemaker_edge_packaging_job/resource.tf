resource "sagemaker_compilation_job" "faces" {
  compilation_job_name = "faces-for-cameras"
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
}

resource "sagemaker_edge_packaging_job" "faces" {
  edge_packaging_job_name = "faces-2026-11"
  compilation_job_name    = sagemaker_compilation_job.faces.compilation_job_name
  model_name              = "faces"
  model_version           = "1.0"
  role_arn                = "arn:aws:iam::123456789012:role/packaging"

  output_config {
    s3_output_location = "s3://example-models/packaged/"
  }
}

resource "sagemaker_optimization_job" "test" {
  optimization_job_name    = "${var.name}-again"
  role_arn                 = "arn:aws:iam::123456789012:role/optimization"
  deployment_instance_type = "ml.g5.2xlarge"

  model_source {
    s3 {
      s3_uri = "s3://example-models/llama/"
    }
  }

  optimization_configs {
    model_quantization_config {
      override_environment = { OPTION_QUANTIZE = "fp8" }
    }
  }

  output_config {
    s3_output_location = "s3://example-models/llama-awq/"
  }

  stopping_condition {
    max_runtime_in_seconds = 3600
  }

  wait_for_completion = true
  tags                = { step = "first" }
}

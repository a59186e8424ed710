data "sagemaker_ai_workload_config" "chat" {
  ai_workload_config_name = "chat"
}

# What another team benchmarks with, used for a model of our own.
resource "sagemaker_ai_benchmark_job" "ours" {
  ai_benchmark_job_name         = "chat-on-our-model"
  ai_workload_config_identifier = data.sagemaker_ai_workload_config.chat.arn
  role_arn                      = "arn:aws:iam::123456789012:role/benchmarks"

  benchmark_target {
    endpoint {
      identifier = "churn"
    }
  }

  output_config {
    s3_output_location = "s3://example-reports/benchmarks/"
  }
}

resource "sagemaker_ai_workload_config" "chat" {
  ai_workload_config_name = "chat-load"

  ai_workload_configs {
    workload_spec {
      inline = jsonencode({
        benchmark  = { type = "aiperf" }
        parameters = { prompt_input_tokens_mean = 550 }
      })
    }
  }
}

resource "sagemaker_ai_benchmark_job" "chat" {
  ai_benchmark_job_name         = "chat-2026-11"
  ai_workload_config_identifier = sagemaker_ai_workload_config.chat.ai_workload_config_name
  role_arn                      = "arn:aws:iam::123456789012:role/benchmarks"

  benchmark_target {
    endpoint {
      identifier = "llama"
    }
  }

  output_config {
    s3_output_location = "s3://example-reports/benchmarks/"
  }
}

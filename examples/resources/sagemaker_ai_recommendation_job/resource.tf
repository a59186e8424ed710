resource "sagemaker_ai_workload_config" "chat" {
  ai_workload_config_name = "chat-sizing"

  ai_workload_configs {
    workload_spec {
      inline = jsonencode({
        benchmark  = { type = "aiperf" }
        parameters = { prompt_input_tokens_mean = 550 }
      })
    }
  }
}

resource "sagemaker_ai_recommendation_job" "chat" {
  ai_recommendation_job_name    = "chat-2026-11"
  ai_workload_config_identifier = sagemaker_ai_workload_config.chat.ai_workload_config_name
  role_arn                      = "arn:aws:iam::123456789012:role/benchmarks"

  model_source {
    s3 {
      s3_uri = "s3://example-models/llama/"
    }
  }

  performance_target {
    constraints {
      metric = "throughput"
    }
  }

  output_config {
    s3_output_location = "s3://example-reports/recommendations/"
  }
}

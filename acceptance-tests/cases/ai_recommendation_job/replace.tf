resource "sagemaker_ai_workload_config" "test" {
  ai_workload_config_name = var.name

  ai_workload_configs {
    workload_spec {
      inline = jsonencode({
        benchmark  = { type = "aiperf" }
        parameters = { prompt_input_tokens_mean = 550 }
      })
    }
  }
}

resource "sagemaker_ai_recommendation_job" "test" {
  ai_recommendation_job_name    = "${var.name}-again"
  ai_workload_config_identifier = sagemaker_ai_workload_config.test.ai_workload_config_name
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

  wait_for_completion = true
  tags                = { step = "first" }
}

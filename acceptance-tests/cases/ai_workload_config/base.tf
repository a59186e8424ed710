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

  tags = { step = "first" }
}

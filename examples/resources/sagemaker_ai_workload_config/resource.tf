resource "sagemaker_ai_workload_config" "chat" {
  ai_workload_config_name = "chat"

  ai_workload_configs {
    workload_spec {
      inline = jsonencode({
        benchmark  = { type = "aiperf" }
        parameters = { prompt_input_tokens_mean = 550 }
      })
    }
  }
}

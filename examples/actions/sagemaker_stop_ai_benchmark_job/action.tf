action "sagemaker_stop_ai_benchmark_job" "chat" {
  config {
    ai_benchmark_job_name = "chat-2026-11"
  }
}

action "sagemaker_stop_ai_recommendation_job" "chat" {
  config {
    ai_recommendation_job_name = "chat-2026-11"
  }
}

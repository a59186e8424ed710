data "sagemaker_ai_recommendation_job" "chat" {
  ai_recommendation_job_name = "chat-2026-11"
}

output "recommendations" {
  value = data.sagemaker_ai_recommendation_job.chat.recommendations
}

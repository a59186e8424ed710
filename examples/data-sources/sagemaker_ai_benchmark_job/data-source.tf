data "sagemaker_ai_benchmark_job" "chat" {
  ai_benchmark_job_name = "chat-2026-11"
}

output "reports" {
  value = data.sagemaker_ai_benchmark_job.chat.output_config[0].s3_output_location
}

data "sagemaker_training_sessions" "running" {
  name_contains = "style"
  status_equals = "Running"
}

output "arns" {
  value = data.sagemaker_training_sessions.running.training_session_summaries[*].training_session_arn
}

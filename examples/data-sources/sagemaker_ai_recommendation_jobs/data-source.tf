data "sagemaker_ai_recommendation_jobs" "done" {
  status_equals = "Completed"
  name_contains = "chat"
}

output "jobs" {
  value = data.sagemaker_ai_recommendation_jobs.done.ai_recommendation_jobs[*].ai_recommendation_job_name
}

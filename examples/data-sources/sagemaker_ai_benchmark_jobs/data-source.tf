data "sagemaker_ai_benchmark_jobs" "done" {
  status_equals = "Completed"
  name_contains = "chat"
}

output "jobs" {
  value = data.sagemaker_ai_benchmark_jobs.done.ai_benchmark_jobs[*].ai_benchmark_job_name
}

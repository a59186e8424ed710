data "sagemaker_training_jobs" "done" {
  name_contains = "churn"
  status_equals = "Completed"
  sort_by       = "CreationTime"
  sort_order    = "Descending"
  max_results   = 1
}

output "latest" {
  value = one(data.sagemaker_training_jobs.done.training_job_summaries[*].training_job_name)
}

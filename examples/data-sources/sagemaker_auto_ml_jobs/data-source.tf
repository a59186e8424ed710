data "sagemaker_auto_ml_jobs" "done" {
  status_equals = "Completed"
  sort_by       = "CreationTime"
  sort_order    = "Descending"
}

output "jobs" {
  value = data.sagemaker_auto_ml_jobs.done.auto_ml_job_summaries[*].auto_ml_job_name
}

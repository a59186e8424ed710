data "sagemaker_processing_jobs" "done" {
  name_contains = "clean"
  status_equals = "Completed"
  sort_by       = "CreationTime"
  sort_order    = "Descending"
}

output "latest" {
  value = data.sagemaker_processing_jobs.done.processing_job_summaries[0].processing_job_name
}

data "sagemaker_compilation_jobs" "faces" {
  name_contains = "faces"
  status_equals = "COMPLETED"
  sort_by       = "CreationTime"
  sort_order    = "Descending"
}

output "jobs" {
  value = data.sagemaker_compilation_jobs.faces.compilation_job_summaries[*].compilation_job_name
}

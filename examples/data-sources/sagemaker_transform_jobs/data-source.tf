data "sagemaker_transform_jobs" "done" {
  name_contains = "churn"
  status_equals = "Completed"
}

output "names" {
  value = data.sagemaker_transform_jobs.done.transform_job_summaries[*].transform_job_name
}

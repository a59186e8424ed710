data "sagemaker_jobs" "done" {
  job_category  = "DataTransformation"
  status_equals = "Completed"
}

output "names" {
  value = data.sagemaker_jobs.done.job_summaries[*].job_name
}

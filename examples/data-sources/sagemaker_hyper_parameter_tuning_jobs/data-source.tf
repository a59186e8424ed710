data "sagemaker_hyper_parameter_tuning_jobs" "done" {
  name_contains = "churn"
  status_equals = "Completed"
}

output "names" {
  value = data.sagemaker_hyper_parameter_tuning_jobs.done.hyper_parameter_tuning_job_summaries[*].hyper_parameter_tuning_job_name
}

data "sagemaker_hyper_parameter_tuning_job_training_jobs" "best" {
  hyper_parameter_tuning_job_name = "churn-2026-11"
  status_equals                   = "Completed"
  sort_by                         = "FinalObjectiveMetricValue"
  sort_order                      = "Descending"
  max_results                     = 3
}

output "parameters" {
  value = {
    for job in data.sagemaker_hyper_parameter_tuning_job_training_jobs.best.training_job_summaries :
    job.training_job_name => job.tuned_hyper_parameters
  }
}

data "sagemaker_model_card_export_jobs" "churn" {
  model_card_name = "churn-published"
  status_equals   = "Completed"
}

output "arns" {
  value = data.sagemaker_model_card_export_jobs.churn.model_card_export_job_summaries[*].model_card_export_job_arn
}

data "sagemaker_model_card_export_jobs" "churn" {
  model_card_name = "churn-published"
  status_equals   = "Completed"
  sort_by         = "CreationTime"
  sort_order      = "Descending"
  max_results     = 1
}

data "sagemaker_model_card_export_job" "latest" {
  model_card_export_job_arn = one(
    data.sagemaker_model_card_export_jobs.churn.model_card_export_job_summaries
  ).model_card_export_job_arn
}

output "pdf" {
  value = data.sagemaker_model_card_export_job.latest.export_artifacts[0].s3_export_artifacts
}

data "sagemaker_monitoring_executions" "churn" {
  monitoring_schedule_name = "churn-quality"
  status_equals            = "CompletedWithViolations"
  sort_by                  = "ScheduledTime"
  sort_order               = "Descending"
  max_results              = 5
}

output "violations" {
  value = data.sagemaker_monitoring_executions.churn.monitoring_execution_summaries[*].processing_job_arn
}

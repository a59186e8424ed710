data "sagemaker_monitoring_schedule" "churn" {
  name = "churn-quality"
}

output "status" {
  value = data.sagemaker_monitoring_schedule.churn.monitoring_schedule_status
}

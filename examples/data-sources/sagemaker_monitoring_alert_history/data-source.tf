data "sagemaker_monitoring_alert_history" "churn" {
  monitoring_schedule_name = "churn-quality"
  status_equals            = "InAlert"
}

output "alerts" {
  value = data.sagemaker_monitoring_alert_history.churn.monitoring_alert_history[*].creation_time
}

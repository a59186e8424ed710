data "sagemaker_monitoring_alert" "churn" {
  monitoring_schedule_name = "churn-quality"
  monitoring_alert_name    = "churn-quality"
}

output "status" {
  value = data.sagemaker_monitoring_alert.churn.alert_status
}

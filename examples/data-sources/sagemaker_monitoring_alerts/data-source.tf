data "sagemaker_monitoring_alerts" "churn" {
  monitoring_schedule_name = "churn-quality"
}

output "raised" {
  value = [
    for alert in data.sagemaker_monitoring_alerts.churn.monitoring_alert_summaries :
    alert.monitoring_alert_name
    if alert.alert_status == "InAlert"
  ]
}

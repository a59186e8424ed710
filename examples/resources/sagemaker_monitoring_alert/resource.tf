resource "sagemaker_monitoring_alert" "churn" {
  monitoring_schedule_name = "churn-quality"
  monitoring_alert_name    = "churn-quality"
  datapoints_to_alert      = 2
  evaluation_period        = 3
}

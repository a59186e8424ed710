action "sagemaker_stop_monitoring_schedule" "churn" {
  config {
    monitoring_schedule_name = "churn-quality"
  }
}

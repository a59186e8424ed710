list "sagemaker_monitoring_alert" "all" {
  provider = sagemaker
  limit    = 1000

  config {
    monitoring_schedule_name = "churn-quality"
  }
}

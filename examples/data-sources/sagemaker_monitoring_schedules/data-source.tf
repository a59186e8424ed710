data "sagemaker_monitoring_schedules" "quality" {
  monitoring_type_equals = "DataQuality"
  status_equals          = "Scheduled"
}

output "names" {
  value = data.sagemaker_monitoring_schedules.quality.monitoring_schedule_summaries[*].monitoring_schedule_name
}

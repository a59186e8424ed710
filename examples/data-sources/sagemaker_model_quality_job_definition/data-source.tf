data "sagemaker_model_quality_job_definition" "churn" {
  name = "churn-quality"
}

# The same definition, run by another schedule.
resource "sagemaker_monitoring_schedule" "weekly" {
  name = "churn-model-quality-weekly"

  monitoring_schedule_config {
    monitoring_job_definition_name = data.sagemaker_model_quality_job_definition.churn.name
    monitoring_type                = "ModelQuality"

    schedule_config {
      schedule_expression = "cron(0 3 ? * SUN *)"
    }
  }
}

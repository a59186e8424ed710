data "sagemaker_model_bias_job_definition" "churn" {
  name = "churn-bias"
}

# The same definition, run by another schedule.
resource "sagemaker_monitoring_schedule" "weekly" {
  name = "churn-model-bias-weekly"

  monitoring_schedule_config {
    monitoring_job_definition_name = data.sagemaker_model_bias_job_definition.churn.name
    monitoring_type                = "ModelBias"

    schedule_config {
      schedule_expression = "cron(0 3 ? * SUN *)"
    }
  }
}

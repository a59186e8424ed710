data "sagemaker_auto_ml_job_v2" "demand" {
  auto_ml_job_name = "demand"
}

# The best model of a job that somebody else has run.
resource "sagemaker_model" "demand" {
  name               = "demand"
  execution_role_arn = "arn:aws:iam::123456789012:role/models"

  dynamic "container" {
    for_each = data.sagemaker_auto_ml_job_v2.demand.best_candidate[0].inference_containers

    content {
      image          = container.value.image
      model_data_url = container.value.model_data_url
      environment    = container.value.environment
    }
  }
}

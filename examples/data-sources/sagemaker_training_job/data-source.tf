data "sagemaker_training_job" "churn" {
  training_job_name = "churn-2026-11"
}

# The model that a job of somebody else has trained.
resource "sagemaker_model" "churn" {
  name               = "churn-2026-11"
  execution_role_arn = "arn:aws:iam::123456789012:role/models"

  primary_container {
    image          = data.sagemaker_training_job.churn.algorithm_specification[0].training_image
    model_data_url = data.sagemaker_training_job.churn.model_artifacts[0].s3_model_artifacts
  }
}

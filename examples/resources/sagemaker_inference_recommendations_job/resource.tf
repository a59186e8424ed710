resource "sagemaker_model" "churn" {
  name               = "churn-candidate"
  execution_role_arn = "arn:aws:iam::123456789012:role/models"

  primary_container {
    image          = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/xgboost:1.7-1"
    model_data_url = "s3://example-models/churn.tar.gz"
  }
}

resource "sagemaker_inference_recommendations_job" "churn" {
  job_name = "churn-2026-11"
  job_type = "Default"
  role_arn = "arn:aws:iam::123456789012:role/recommender"

  input_config {
    model_name = sagemaker_model.churn.name

    container_config {
      domain                   = "MACHINE_LEARNING"
      task                     = "CLASSIFICATION"
      framework                = "XGBOOST"
      framework_version        = "1.7-1"
      supported_instance_types = ["ml.m5.large", "ml.c5.large"]

      payload_config {
        sample_payload_url      = "s3://example-data/payload.tar.gz"
        supported_content_types = ["text/csv"]
      }
    }
  }

  wait_for_completion = true
}

data "sagemaker_prebuilt_ecr_image" "xgboost" {
  repository_name = "sagemaker-xgboost"
  image_tag       = "1.7-1"
}

resource "sagemaker_model" "churn" {
  name               = "churn-on-prebuilt-image"
  execution_role_arn = "arn:aws:iam::123456789012:role/models"

  primary_container {
    image          = data.sagemaker_prebuilt_ecr_image.xgboost.registry_path
    model_data_url = "s3://example-models/churn/model.tar.gz"
  }
}

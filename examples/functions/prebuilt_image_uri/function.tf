output "prebuilt_image_uri" {
  value = provider::sagemaker::prebuilt_image_uri("sagemaker-xgboost", "1.7-1", "eu-west-1")
}

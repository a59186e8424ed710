output "image" {
  value = provider::sagemaker::prebuilt_image_uri("sagemaker-xgboost", "1.7-1", "eu-west-1")
  # => "141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:1.7-1"
}

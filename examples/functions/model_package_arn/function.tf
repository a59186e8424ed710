output "model_package_arn" {
  value = provider::sagemaker::model_package_arn("eu-west-1", "123456789012", "churn", 3)
}

output "third_version" {
  value = provider::sagemaker::model_package_arn("eu-west-1", "123456789012", "churn", 3)
  # => "arn:aws:sagemaker:eu-west-1:123456789012:model-package/churn/3"
}

output "arn_build" {
  value = provider::sagemaker::arn_build("eu-west-1", "123456789012", "endpoint-config", "churn")
}

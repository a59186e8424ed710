output "console_url" {
  value = provider::sagemaker::console_url("arn:aws:sagemaker:eu-west-1:123456789012:endpoint/churn")
}

output "endpoint" {
  value = provider::sagemaker::console_url(
    "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/churn"
  )
  # => "https://eu-west-1.console.aws.amazon.com/sagemaker/home?region=eu-west-1#/endpoints/churn"
}

output "endpoint" {
  value = provider::sagemaker::arn_build("eu-west-1", "123456789012", "endpoint", "churn")
  # => "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/churn"
}

# An app has four names: the domain, the user profile or space, the app type and the name.
output "app" {
  value = provider::sagemaker::arn_build(
    "cn-north-1", "123456789012", "app", "d-0a1b2c3d4e5f", "ann", "JupyterLab", "default"
  )
  # => "arn:aws-cn:sagemaker:cn-north-1:123456789012:app/d-0a1b2c3d4e5f/ann/JupyterLab/default"
}

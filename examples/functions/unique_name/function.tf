output "name" {
  value = provider::sagemaker::unique_name(
    "Churn model_", "s3://example-models/churn/model.tar.gz", 63
  )
  # => "Churn-model-bbbf2935"
}

# Another seed returns another name, and a long prefix is cut.
output "short" {
  value = provider::sagemaker::unique_name(
    "Churn model_", "s3://example-models/churn/model-2.tar.gz", 14
  )
  # => "Churn-0c62d599"
}

output "unique_name" {
  value = provider::sagemaker::unique_name("churn", "s3://models/churn.tar.gz", 63)
}

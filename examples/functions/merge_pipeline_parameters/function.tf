output "parameters" {
  value = provider::sagemaker::merge_pipeline_parameters(
    { epochs = "10", input = null, rate = "0.1" },
    { epochs = "20", input = "s3://example-data/customers", rate = null },
  )
  # => [
  #   { name = "epochs", value = "20" },
  #   { name = "input", value = "s3://example-data/customers" },
  #   { name = "rate", value = "0.1" },
  # ]
}

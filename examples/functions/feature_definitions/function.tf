output "feature_definitions" {
  value = provider::sagemaker::feature_definitions({
    customer_id = "string"
    age         = "int"
    balance     = "float"
  })
}

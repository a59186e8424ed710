output "features" {
  value = provider::sagemaker::feature_definitions({
    customer_id = "string"
    orders      = "int"
    updated_at  = "Fractional"
  })
  # => [
  #   { feature_name = "customer_id", feature_type = "String" },
  #   { feature_name = "orders", feature_type = "Integral" },
  #   { feature_name = "updated_at", feature_type = "Fractional" },
  # ]
}

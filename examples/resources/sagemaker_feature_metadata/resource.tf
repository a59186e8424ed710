resource "sagemaker_feature_metadata" "orders" {
  feature_group_name = "customers"
  feature_name       = "orders"
  description        = "Orders of the last year on the day of the event"

  parameters {
    key   = "owner"
    value = "growth"
  }
}

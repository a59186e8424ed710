resource "sagemaker_feature_metadata" "age" {
  feature_group_name = "customers"
  feature_name       = "age"
  description        = "Age in years on the day of the event"

  parameter {
    key   = "owner"
    value = "growth"
  }
}

resource "sagemaker_feature_group" "test" {
  feature_group_name             = var.name
  description                    = "What customers did"
  record_identifier_feature_name = "customer"
  event_time_feature_name        = "at"
  role_arn                       = "arn:aws:iam::123456789012:role/features"

  feature_definition {
    feature_name = "customer"
    feature_type = "String"
  }

  feature_definition {
    feature_name = "at"
    feature_type = "String"
  }

  offline_store_config {
    s3_storage_config {
      s3_uri = "s3://features-of-tests/offline"
    }
  }
}

resource "sagemaker_feature_group" "test" {
  feature_group_name             = "${var.name}-again"
  record_identifier_feature_name = "customer"
  event_time_feature_name        = "at"
  allow_feature_data_loss        = true
  role_arn                       = "arn:aws:iam::123456789012:role/features"

  feature_definition {
    feature_name = "customer"
    feature_type = "String"
  }

  feature_definition {
    feature_name = "at"
    feature_type = "Fractional"
  }

  feature_definition {
    feature_name    = "interests"
    feature_type    = "Fractional"
    collection_type = "Vector"

    collection_config {
      vector_config {
        dimension = 64
      }
    }
  }

  online_store_config {
    enable_online_store = true
    storage_type        = "InMemory"
  }
}

resource "sagemaker_feature_group" "customers" {
  feature_group_name             = "customers"
  description                    = "What is known of each customer."
  record_identifier_feature_name = "customer_id"
  event_time_feature_name        = "updated_at"
  role_arn                       = "arn:aws:iam::123456789012:role/sagemaker-feature-store"

  feature_definition {
    feature_name = "customer_id"
    feature_type = "String"
  }

  feature_definition {
    feature_name = "updated_at"
    feature_type = "Fractional"
  }

  # A further block adds a feature in place.
  feature_definition {
    feature_name = "orders"
    feature_type = "Integral"
  }

  online_store_config {
    enable_online_store = true

    ttl_duration {
      unit  = "Days"
      value = 90
    }
  }

  offline_store_config {
    s3_storage_config {
      s3_uri = "s3://example-features/customers"
    }
  }
}

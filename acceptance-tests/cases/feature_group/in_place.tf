resource "sagemaker_feature_group" "test" {
  feature_group_name             = var.name
  record_identifier_feature_name = "customer"
  event_time_feature_name        = "at"
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
    feature_name = "orders"
    feature_type = "Integral"
  }

  online_store_config {
    enable_online_store = true

    ttl_duration {
      unit  = "Days"
      value = 30
    }
  }

  throughput_config {
    throughput_mode                  = "Provisioned"
    provisioned_read_capacity_units  = 10
    provisioned_write_capacity_units = 5
  }
}

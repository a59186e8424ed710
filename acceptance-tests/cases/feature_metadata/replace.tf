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

  online_store_config {
    enable_online_store = true
  }
}

resource "sagemaker_feature_metadata" "test" {
  feature_group_name = sagemaker_feature_group.test.feature_group_name
  feature_name       = "at"
  description        = "Who it is"

  parameters {
    key   = "owner"
    value = "growth"
  }

  parameters {
    key   = "personal"
    value = "yes"
  }
}

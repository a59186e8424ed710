resource "sagemaker_feature_group" "test" {
  feature_group_name             = "${var.name}-again"
  description                    = "What customers did"
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
    feature_type = "String"
  }

  offline_store_config {
    table_format                = "Glue"
    disable_glue_table_creation = true

    s3_storage_config {
      s3_uri     = "s3://features-of-tests/offline"
      kms_key_id = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
    }

    data_catalog_config {
      catalog    = "AwsDataCatalog"
      database   = "features"
      table_name = "customers"
    }
  }
}

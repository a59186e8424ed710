resource "sagemaker_mlflow_tracking_server" "this" {
  count = var.tracking_server == null ? 0 : 1

  tracking_server_name            = var.name
  role_arn                        = var.role_arn
  artifact_store_uri              = var.artifact_store_uri
  automatic_model_registration    = var.automatic_model_registration
  weekly_maintenance_window_start = var.weekly_maintenance_window_start
  tracking_server_size            = var.tracking_server.size
  mlflow_version                  = var.tracking_server.mlflow_version
  s3_bucket_owner_account_id      = var.tracking_server.s3_bucket_owner_account_id
  s3_bucket_owner_verification    = var.tracking_server.s3_bucket_owner_account_id == null ? null : true
  deletion_protection             = var.deletion_protection
  tags                            = var.tags

  timeouts {
    create = var.tracking_server.timeout
    update = var.tracking_server.timeout
    delete = var.tracking_server.timeout
  }

  lifecycle {
    precondition {
      condition     = var.app == null
      error_message = "Give either tracking_server or app."
    }
  }
}

resource "sagemaker_mlflow_app" "this" {
  count = var.tracking_server == null ? 1 : 0

  name                            = var.name
  role_arn                        = var.role_arn
  artifact_store_uri              = var.artifact_store_uri
  model_registration_mode         = var.automatic_model_registration ? "AutoModelRegistrationEnabled" : "AutoModelRegistrationDisabled"
  weekly_maintenance_window_start = var.weekly_maintenance_window_start
  kms_key_id                      = try(var.app.kms_key_id, null)
  account_default_status          = try(var.app.account_default ? "ENABLED" : "DISABLED", null)
  default_domain_id_list          = try(var.app.default_domain_ids, null)
  deletion_protection             = var.deletion_protection
  tags                            = var.tags
}

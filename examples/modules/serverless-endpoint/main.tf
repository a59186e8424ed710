resource "sagemaker_model" "this" {
  name_prefix        = "${var.name}-"
  execution_role_arn = var.execution_role_arn
  tags               = var.tags

  primary_container {
    image              = var.image
    model_data_url     = var.model_data_url
    model_package_name = var.model_package_arn
    environment        = var.environment
  }

  lifecycle {
    # A model cannot be changed, so other contents need another model, under another name.
    create_before_destroy = true

    precondition {
      condition     = (var.image == null) != (var.model_package_arn == null)
      error_message = "Give either image or model_package_arn."
    }
  }
}

resource "sagemaker_endpoint_configuration" "this" {
  name_prefix = "${var.name}-"
  kms_key_arn = var.kms_key_arn
  tags        = var.tags

  production_variants {
    variant_name = "AllTraffic"
    model_name   = sagemaker_model.this.name

    serverless_config {
      memory_size_in_mb       = var.memory_size_in_mb
      max_concurrency         = var.max_concurrency
      provisioned_concurrency = var.provisioned_concurrency
    }
  }

  lifecycle {
    # The endpoint moves to the new configuration before the old one is deleted.
    create_before_destroy = true

    precondition {
      condition     = var.provisioned_concurrency == null ? true : var.provisioned_concurrency <= var.max_concurrency
      error_message = "provisioned_concurrency is at most max_concurrency, ${var.max_concurrency}."
    }
  }
}

# The service offers neither a canary nor a rollback by alarms for serverless endpoints: all traffic moves once the new capacity is ready.
resource "sagemaker_endpoint" "this" {
  name                 = var.name
  endpoint_config_name = sagemaker_endpoint_configuration.this.name
  tags                 = var.tags
}

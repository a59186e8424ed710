# The stack that `terraform-provider-sagemaker demo` builds: a model behind an endpoint, a feature group, a version in the Model
# Registry, and an AutoML job. The demo adds the provider block.

terraform {
  required_providers {
    sagemaker = { source = "sagemaker-rs/sagemaker" }
  }
}

variable "instance_type" {
  description = "Instance type that the endpoint runs on."
  type        = string
  default     = "ml.m5.large"
}

locals {
  role_arn = "arn:aws:iam::123456789012:role/demo"
  image    = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/churn:1.4.0"
}

resource "sagemaker_model" "churn" {
  name               = "churn"
  execution_role_arn = local.role_arn

  primary_container {
    image          = local.image
    model_data_url = "s3://demo/churn/model.tar.gz"
  }
}

resource "sagemaker_endpoint_configuration" "churn" {
  name_prefix = "churn-"

  production_variants {
    variant_name           = "main"
    model_name             = sagemaker_model.churn.name
    instance_type          = var.instance_type
    initial_instance_count = 2
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "sagemaker_endpoint" "churn" {
  name                 = "churn"
  endpoint_config_name = sagemaker_endpoint_configuration.churn.name
  tags                 = { team = "growth" }
}

resource "sagemaker_feature_group" "customers" {
  feature_group_name             = "customers"
  record_identifier_feature_name = "customer_id"
  event_time_feature_name        = "updated_at"
  role_arn                       = local.role_arn

  feature_definition {
    feature_name = "customer_id"
    feature_type = "String"
  }

  feature_definition {
    feature_name = "updated_at"
    feature_type = "Fractional"
  }

  online_store_config {
    enable_online_store = true
  }
}

resource "sagemaker_model_package_group" "churn" {
  model_package_group_name = "churn"
}

resource "sagemaker_model_package" "churn" {
  model_package_group_name = sagemaker_model_package_group.churn.model_package_group_name
  model_approval_status    = "Approved"

  inference_specification {
    supported_content_types       = ["text/csv"]
    supported_response_mime_types = ["text/csv"]

    containers {
      image          = local.image
      model_data_url = "s3://demo/churn/model.tar.gz"
    }
  }
}

resource "sagemaker_auto_ml_job_v2" "churn" {
  auto_ml_job_name = "churn"
  role_arn         = local.role_arn

  auto_ml_job_input_data_config {
    channel_type = "training"
    content_type = "text/csv;header=present"

    data_source {
      s3_data_source {
        s3_data_type = "S3Prefix"
        s3_uri       = "s3://demo/churn/data/"
      }
    }
  }

  auto_ml_problem_type_config {
    tabular_job_config {
      target_attribute_name = "left"
    }
  }

  output_data_config {
    s3_output_path = "s3://demo/churn/auto-ml/"
  }
}

# Two feature groups of a team: customers for training and serving, sessions for serving alone.

terraform {
  required_version = ">= 1.8"

  required_providers {
    sagemaker = {
      source  = "sagemaker-rs/sagemaker"
      version = ">= 0.1"
    }
  }
}

provider "sagemaker" {
  region = "us-east-1"
}

variable "prefix" {
  description = "First part of the names of the feature groups."
  type        = string
  default     = "growth"
}

variable "bucket" {
  description = "Name of the bucket for the offline stores."
  type        = string
  default     = "example-features"
}

variable "more_customer_features" {
  description = "Types of further features of the customers, by name."
  type        = map(string)
  default     = {}
}

variable "ttl_in_days" {
  description = "Days after which a customer's record leaves the online store."
  type        = number
  default     = 90
}

variable "deletion_protection" {
  description = "Whether plans that would delete or replace a feature group are refused. Set it to true before there are data."
  type        = bool
  default     = false
}

locals {
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

module "features" {
  source = "../modules/feature-store"

  role_arn                  = "arn:aws:iam::123456789012:role/feature-store"
  offline_store_s3_uri      = "s3://${var.bucket}/offline"
  online_store_kms_key_arn  = local.kms_key_arn
  offline_store_kms_key_arn = local.kms_key_arn
  deletion_protection       = var.deletion_protection

  feature_groups = {
    "${var.prefix}-customers" = {
      description       = "What is known of each customer"
      record_identifier = "customer_id"
      event_time        = "updated_at"

      features = merge({
        customer_id = "String"
        updated_at  = "Fractional"
        orders      = "Integral"
        revenue     = "Fractional"
      }, var.more_customer_features)

      feature_descriptions = {
        orders  = "Number of orders in the last year"
        revenue = "Revenue of the last year, in euros"
      }

      online_store  = { ttl = { unit = "Days", value = var.ttl_in_days } }
      offline_store = { table_format = "Iceberg" }
    }

    "${var.prefix}-sessions" = {
      description       = "The pages of each visit, and its embedding"
      record_identifier = "session_id"
      event_time        = "started_at"
      features          = { session_id = "String", started_at = "String" }

      collections = {
        pages     = { type = "String", collection_type = "List" }
        embedding = { type = "Fractional", collection_type = "Vector", dimension = 384 }
      }

      online_store = { storage_type = "InMemory", ttl = { unit = "Hours", value = 12 } }
    }
  }

  tags = { team = "growth" }
}

output "feature_group_arns" {
  value = module.features.feature_group_arns
}

output "offline_store_s3_uris" {
  value = module.features.offline_store_s3_uris
}

output "glue_tables" {
  value = module.features.glue_tables
}

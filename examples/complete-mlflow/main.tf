# MLflow for two groups of users: a tracking server of a fixed version for one team, and a serverless app that Studio uses by default.

terraform {
  required_version = ">= 1.3"

  required_providers {
    sagemaker = {
      source  = "sagemaker-rs/sagemaker"
      version = ">= 0.1"
    }
  }
}

provider "sagemaker" {
  region = "us-east-1"

  default_tags {
    tags = {
      environment = "research"
      managed-by  = "terraform"
    }
  }
}

variable "name" {
  description = "Name of the tracking server, and prefix of that of the app."
  type        = string
  default     = "experiments"
}

variable "size" {
  description = "Size of the tracking server: Small, Medium or Large."
  type        = string
  default     = "Small"
}

variable "domain_ids" {
  description = "IDs of the Studio domains that use the app by default."
  type        = set(string)
  default     = ["d-abcdefghijkl"]
}

variable "deletion_protection" {
  description = "Whether plans that would destroy or replace the server or the app are refused. In production, set it to true."
  type        = bool
  default     = false
}

module "server" {
  source = "../modules/mlflow"

  name                            = var.name
  role_arn                        = "arn:aws:iam::123456789012:role/mlflow"
  artifact_store_uri              = "s3://example-mlflow/${var.name}"
  weekly_maintenance_window_start = "Sun:03:30"
  automatic_model_registration    = true
  tracking_server                 = { size = var.size, mlflow_version = "3.0", s3_bucket_owner_account_id = "123456789012", timeout = "1h" }
  deletion_protection             = var.deletion_protection
  tags                            = { team = "research" }
}

module "app" {
  source = "../modules/mlflow"

  name                = "${var.name}-of-studio"
  role_arn            = "arn:aws:iam::123456789012:role/mlflow"
  artifact_store_uri  = "s3://example-mlflow/studio"
  deletion_protection = var.deletion_protection
  tags                = { team = "platform" }

  app = {
    kms_key_id         = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
    default_domain_ids = var.domain_ids
  }
}

output "server_tracking_uri" {
  value = module.server.tracking_uri
}

output "server_url" {
  value = module.server.tracking_server_url
}

output "app_tracking_uri" {
  value = module.app.tracking_uri
}

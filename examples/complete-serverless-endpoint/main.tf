# A serverless endpoint for a model that is called now and then, in two sizes: cold in staging, partly warm in production.

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
      environment = var.environment
      managed-by  = "terraform"
    }
  }
}

variable "name" {
  description = "Name of the endpoint."
  type        = string
  default     = "churn"
}

variable "environment" {
  description = "Either staging or production."
  type        = string
  default     = "staging"

  validation {
    condition     = contains(["staging", "production"], var.environment)
    error_message = "Either staging or production."
  }
}

variable "image_tag" {
  description = "Version of the image and of the model."
  type        = string
  default     = "1.4.0"
}

locals {
  sizes = {
    staging    = { memory_size_in_mb = 2048, max_concurrency = 2, provisioned_concurrency = null }
    production = { memory_size_in_mb = 4096, max_concurrency = 20, provisioned_concurrency = 2 }
  }
}

module "endpoint" {
  source = "../modules/serverless-endpoint"

  name                    = var.name
  execution_role_arn      = "arn:aws:iam::123456789012:role/churn-model"
  image                   = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:${var.image_tag}"
  model_data_url          = "s3://churn-models/${var.image_tag}/model.tar.gz"
  environment             = { LOG_LEVEL = "info" }
  memory_size_in_mb       = local.sizes[var.environment].memory_size_in_mb
  max_concurrency         = local.sizes[var.environment].max_concurrency
  provisioned_concurrency = local.sizes[var.environment].provisioned_concurrency

  tags = { team = "growth" }
}

output "endpoint_name" {
  value = module.endpoint.endpoint_name
}

output "endpoint_configuration_name" {
  value = module.endpoint.endpoint_configuration_name
}

output "model_name" {
  value = module.endpoint.model_name
}

output "autoscaling" {
  value = module.endpoint.autoscaling
}

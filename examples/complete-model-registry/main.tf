# A registry with candidates in one region and approved versions in another, and an endpoint that serves one of those.

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
}

provider "sagemaker" {
  alias  = "production"
  region = "us-west-2"
}

variable "name" {
  description = "Name of the model, of its groups and of the endpoint."
  type        = string
  default     = "churn"
}

variable "approved" {
  description = "The versions that somebody has approved."
  type        = set(string)
  default     = ["1.3.0"]
}

variable "promoted" {
  description = "The versions that production may deploy."
  type        = set(string)
  default     = ["1.3.0"]
}

variable "deployed" {
  description = "The version that production serves."
  type        = string
  default     = "1.3.0"
}

locals {
  versions = ["1.3.0", "1.4.0"]
}

module "registry" {
  source = "../modules/model-registry"

  providers = {
    sagemaker            = sagemaker
    sagemaker.production = sagemaker.production
  }

  name        = var.name
  description = "Who is about to leave"

  versions = {
    for version in local.versions : version => {
      image           = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:${version}"
      model_data_url  = "s3://churn-models/${version}/model.tar.gz"
      approval_status = contains(var.approved, version) ? "Approved" : "PendingManualApproval"
    }
  }

  promoted = var.promoted
  tags     = { team = "growth" }
}

module "endpoint" {
  source = "../modules/realtime-endpoint"

  providers = {
    sagemaker = sagemaker.production
  }

  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/churn-model"
  model_package_arn  = module.registry.promoted[var.deployed]
  tags               = { team = "growth" }
}

output "candidates" {
  value = module.registry.candidates
}

output "promoted" {
  value = module.registry.promoted
}

output "endpoint_name" {
  value = module.endpoint.endpoint_name
}

output "model_name" {
  value = module.endpoint.model_name
}

# A new version of a model in the shadow of the old one, and its promotion by a canary.

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

variable "name" {
  description = "Name of the endpoint."
  type        = string
  default     = "churn"
}

variable "image_tags" {
  description = "Versions of the model."
  type        = set(string)
  default     = ["1.4.0", "1.5.0"]
}

variable "production_version" {
  description = "Version that serves."
  type        = string
  default     = "1.4.0"
}

variable "shadow_version" {
  description = "Version that receives copies of the requests. Empty: none."
  type        = string
  default     = "1.5.0"
}

module "endpoint" {
  source = "../modules/shadow-and-canary"

  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/churn-model"
  instance_type      = "ml.c5.xlarge"
  instance_count     = 4

  versions = {
    for tag in var.image_tags : tag => {
      image          = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:${tag}"
      model_data_url = "s3://churn-models/${tag}/model.tar.gz"
    }
  }

  production_version    = var.production_version
  shadow_version        = var.shadow_version == "" ? null : var.shadow_version
  shadow_percent        = 25
  shadow_instance_count = 1

  canary_percent         = 25
  canary_wait_in_seconds = 600
  rollback_alarms        = ["churn-5xx", "churn-latency"]

  data_capture = {
    destination_s3_uri  = "s3://churn-capture/requests"
    sampling_percentage = 20
  }

  tags = { team = "growth" }
}

output "endpoint_name" {
  value = module.endpoint.endpoint_name
}

output "endpoint_configuration_name" {
  value = module.endpoint.endpoint_configuration_name
}

output "model_names" {
  value = module.endpoint.model_names
}

output "captured_data_s3_uris" {
  value = module.endpoint.captured_data_s3_uris
}

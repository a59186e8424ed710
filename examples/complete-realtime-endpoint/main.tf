# A real-time endpoint as a team would run it: its settings in a few variables, requests recorded, updates by canary.

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
      environment = "staging"
      managed-by  = "terraform"
    }
  }
}

variable "name" {
  description = "Name of the endpoint."
  type        = string
  default     = "churn"
}

variable "image_tag" {
  description = "Version of the image to serve."
  type        = string
  default     = "1.4.0"
}

variable "instance_type" {
  description = "Instance type to serve on."
  type        = string
  default     = "ml.m5.large"
}

variable "instance_count" {
  description = "Number of instances."
  type        = number
  default     = 1
}

module "endpoint" {
  source = "../modules/realtime-endpoint"

  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/churn-model"
  image              = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:${var.image_tag}"
  model_data_url     = "s3://churn-models/${var.image_tag}/model.tar.gz"
  environment        = { LOG_LEVEL = "info" }
  instance_type      = var.instance_type
  instance_count     = var.instance_count
  rollback_alarms    = ["churn-5xx", "churn-latency"]

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

output "model_name" {
  value = module.endpoint.model_name
}

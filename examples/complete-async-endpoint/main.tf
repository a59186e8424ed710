# An asynchronous endpoint with a GPU in a VPC: responses in S3 under the team's key, topics for the caller, updates with a rollback.

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
  default     = "transcripts"
}

variable "image_tag" {
  description = "Version of the image and of the model."
  type        = string
  default     = "2.0.0"
}

variable "max_concurrent_invocations_per_instance" {
  description = "Number of requests that an instance processes at the same time."
  type        = number
  default     = 4
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the responses."
  type        = string
  default     = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

variable "bucket" {
  description = "Name of the bucket for models and responses."
  type        = string
  default     = "example-transcripts"
}

module "endpoint" {
  source = "../modules/async-endpoint"

  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/transcripts"
  image              = "123456789012.dkr.ecr.us-east-1.amazonaws.com/transcripts:${var.image_tag}"
  model_data_url     = "s3://${var.bucket}/models/${var.image_tag}/model.tar.gz"
  instance_type      = "ml.g5.xlarge"

  vpc = {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnets            = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  }

  s3_output_path        = "s3://${var.bucket}/done"
  s3_failure_path       = "s3://${var.bucket}/failed"
  output_kms_key_arn    = var.kms_key_arn
  sns_success_topic_arn = "arn:aws:sns:us-east-1:123456789012:transcripts-done"
  sns_error_topic_arn   = "arn:aws:sns:us-east-1:123456789012:transcripts-failed"

  max_concurrent_invocations_per_instance           = var.max_concurrent_invocations_per_instance
  model_data_download_timeout_in_seconds            = 1200
  container_startup_health_check_timeout_in_seconds = 900

  rollback_alarms = ["transcripts-errors"]

  tags = { team = "media" }
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

output "backlog_metrics" {
  value = module.endpoint.backlog_metrics
}

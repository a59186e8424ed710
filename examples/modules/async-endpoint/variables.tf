variable "name" {
  description = "Name of the endpoint. Model and endpoint configuration are named after it."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", var.name)) && length(var.name) <= 36
    error_message = "Up to 36 letters, digits and hyphens, with a letter or a digit at both ends."
  }
}

variable "execution_role_arn" {
  description = "ARN of the IAM role that the model runs as."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:iam::[0-9]{12}:role/.+$", var.execution_role_arn))
    error_message = "The ARN of an IAM role, such as arn:aws:iam::123456789012:role/churn-model."
  }
}

variable "image" {
  description = "Container image that serves the model. Give either this or model_package_arn."
  type        = string
  default     = null
}

variable "model_data_url" {
  description = "S3 URI of the model archive that the image loads. Null if the image brings its own model."
  type        = string
  default     = null

  validation {
    condition     = var.model_data_url == null ? true : can(regex("^s3://[^/]+/.+", var.model_data_url))
    error_message = "An S3 URI, such as s3://models/churn/model.tar.gz."
  }
}

variable "model_package_arn" {
  description = "ARN of an approved model package to deploy, instead of an image."
  type        = string
  default     = null
}

variable "environment" {
  description = "Environment variables of the container. Not for secrets: everyone who may describe the model can read them."
  type        = map(string)
  default     = {}
}

variable "network_isolation" {
  description = "Whether the container is cut off from every network."
  type        = bool
  default     = false
}

variable "vpc" {
  description = "Subnets and security groups of the container. Null: the network of the service."
  type = object({
    security_group_ids = set(string)
    subnets            = set(string)
  })
  default = null

  validation {
    condition     = try(length(var.vpc.security_group_ids) >= 1 && length(var.vpc.security_group_ids) <= 5 && length(var.vpc.subnets) >= 1 && length(var.vpc.subnets) <= 16, var.vpc == null)
    error_message = "From 1 to 5 security groups and from 1 to 16 subnets."
  }
}

variable "instance_type" {
  description = "Instance type of the endpoint, such as ml.g5.xlarge."
  type        = string
  default     = "ml.m5.large"

  validation {
    condition     = can(regex("^ml\\.[a-z0-9-]+\\.[a-z0-9]+$", var.instance_type))
    error_message = "An instance type, such as ml.g5.xlarge."
  }
}

variable "instance_count" {
  description = "Number of instances when the endpoint is created. Automatic scaling may lower it to zero afterwards."
  type        = number
  default     = 1

  validation {
    condition     = var.instance_count >= 1
    error_message = "At least 1: an endpoint starts with an instance, and automatic scaling lowers the number to zero."
  }
}

variable "volume_size_in_gb" {
  description = "Size of the storage volume of each instance, in GB. Null: the service chooses."
  type        = number
  default     = null

  validation {
    condition     = var.volume_size_in_gb == null ? true : var.volume_size_in_gb >= 1 && var.volume_size_in_gb <= 512
    error_message = "From 1 to 512, or null."
  }
}

variable "model_data_download_timeout_in_seconds" {
  description = "Maximum time for the download of the model, in seconds. Null: the service chooses."
  type        = number
  default     = null

  validation {
    condition     = var.model_data_download_timeout_in_seconds == null ? true : var.model_data_download_timeout_in_seconds >= 60 && var.model_data_download_timeout_in_seconds <= 3600
    error_message = "From 60 to 3600, or null."
  }
}

variable "container_startup_health_check_timeout_in_seconds" {
  description = "Maximum time until the container passes the health check, in seconds. Null: the service chooses."
  type        = number
  default     = null

  validation {
    condition     = var.container_startup_health_check_timeout_in_seconds == null ? true : var.container_startup_health_check_timeout_in_seconds >= 60 && var.container_startup_health_check_timeout_in_seconds <= 3600
    error_message = "From 60 to 3600, or null."
  }
}

variable "kms_key_arn" {
  description = "ARN of the KMS key that encrypts the storage volumes of the instances. Null: the key of the service. Instance types with local storage do not support one."
  type        = string
  default     = null
}

variable "s3_output_path" {
  description = "S3 URI under which responses are stored. The execution role has to be allowed to write there."
  type        = string

  validation {
    condition     = can(regex("^s3://[^/]+", var.s3_output_path)) && length(var.s3_output_path) <= 512
    error_message = "An S3 URI of up to 512 characters, such as s3://responses/churn."
  }
}

variable "s3_failure_path" {
  description = "S3 URI under which the responses of failed invocations are stored. Null: they are not stored."
  type        = string
  default     = null

  validation {
    condition     = var.s3_failure_path == null ? true : can(regex("^s3://[^/]+", var.s3_failure_path)) && length(var.s3_failure_path) <= 512
    error_message = "An S3 URI of up to 512 characters, such as s3://responses/churn-failures."
  }
}

variable "output_kms_key_arn" {
  description = "ARN of the KMS key that encrypts the responses. Null: the key of S3."
  type        = string
  default     = null
}

variable "max_concurrent_invocations_per_instance" {
  description = "Number of requests that an instance processes at the same time. Null: the service chooses."
  type        = number
  default     = null

  validation {
    condition     = var.max_concurrent_invocations_per_instance == null ? true : var.max_concurrent_invocations_per_instance >= 1 && var.max_concurrent_invocations_per_instance <= 1000
    error_message = "From 1 to 1000, or null."
  }
}

variable "sns_success_topic_arn" {
  description = "ARN of the SNS topic that is notified of each successful invocation. Null: no notification."
  type        = string
  default     = null

  validation {
    condition     = var.sns_success_topic_arn == null ? true : can(regex("^arn:[^:]+:sns:[^:]+:[0-9]{12}:.+$", var.sns_success_topic_arn))
    error_message = "The ARN of an SNS topic, such as arn:aws:sns:us-east-1:123456789012:churn-done."
  }
}

variable "sns_error_topic_arn" {
  description = "ARN of the SNS topic that is notified of each failed invocation. Null: no notification."
  type        = string
  default     = null

  validation {
    condition     = var.sns_error_topic_arn == null ? true : can(regex("^arn:[^:]+:sns:[^:]+:[0-9]{12}:.+$", var.sns_error_topic_arn))
    error_message = "The ARN of an SNS topic, such as arn:aws:sns:us-east-1:123456789012:churn-failed."
  }
}

variable "notify_with_response" {
  description = "Whether the notifications contain the response itself, if it is no larger than 128 KB."
  type        = bool
  default     = false
}

variable "bake_time_in_seconds" {
  description = "Time for which the old instances are kept after an update, while the alarms are watched, in seconds."
  type        = number
  default     = 300

  validation {
    condition     = var.bake_time_in_seconds >= 0 && var.bake_time_in_seconds <= 3600
    error_message = "From 0 to 3600."
  }
}

variable "rollback_alarms" {
  description = "Names of CloudWatch alarms that roll an update of the endpoint back."
  type        = set(string)
  default     = []

  validation {
    condition     = length(var.rollback_alarms) <= 10
    error_message = "At most 10 alarms."
  }
}

variable "tags" {
  description = "Tags of model, endpoint configuration and endpoint."
  type        = map(string)
  default     = {}
}

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
  description = "Container image that serves the model, at most 10 GB and in ECR. Give either this or model_package_arn."
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

variable "memory_size_in_mb" {
  description = "Memory of the container, in MB. CPU is allocated in proportion."
  type        = number
  default     = 2048

  validation {
    condition     = contains([1024, 2048, 3072, 4096, 5120, 6144], var.memory_size_in_mb)
    error_message = "One of 1024, 2048, 3072, 4096, 5120 and 6144."
  }
}

variable "max_concurrency" {
  description = "Number of concurrent invocations. Those beyond it are throttled."
  type        = number
  default     = 5

  validation {
    condition     = var.max_concurrency >= 1 && var.max_concurrency <= 200
    error_message = "From 1 to 200."
  }
}

variable "provisioned_concurrency" {
  description = "Number of concurrent invocations for which capacity is kept warm, at most max_concurrency. Null: none, so the first invocation after a pause waits for a cold start."
  type        = number
  default     = null

  validation {
    condition     = var.provisioned_concurrency == null ? true : var.provisioned_concurrency >= 1 && var.provisioned_concurrency <= 200
    error_message = "From 1 to 200, or null."
  }
}

variable "kms_key_arn" {
  description = "ARN of the KMS key that encrypts the storage of the endpoint. Null: the key of the service."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of model, endpoint configuration and endpoint."
  type        = map(string)
  default     = {}
}

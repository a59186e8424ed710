variable "name" {
  description = "Name of the endpoint. Model and endpoint configuration are named after it."
  type        = string

  validation {
    condition     = length(var.name) <= 36
    error_message = "At most 36 characters, so that there is room for what makes the names of model and configuration unique."
  }
}

variable "execution_role_arn" {
  description = "ARN of the IAM role that the model runs as."
  type        = string
}

variable "image" {
  description = "Container image that serves the model. Give either this or model_package_arn."
  type        = string
  default     = null
}

variable "model_data_url" {
  description = "S3 URL of the model archive that the image loads. Null if the image brings its own model."
  type        = string
  default     = null
}

variable "model_package_arn" {
  description = "ARN of an approved model package to deploy, instead of an image."
  type        = string
  default     = null
}

variable "environment" {
  description = "Environment variables of the container. Not for secrets: they are shown to everyone who may describe the model."
  type        = map(string)
  default     = {}
}

variable "network_isolation" {
  description = "True cuts the container off from every network."
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
}

variable "instance_type" {
  description = "Instance type of the endpoint, such as ml.m5.large."
  type        = string
  default     = "ml.m5.large"
}

variable "instance_count" {
  description = "Number of instances when the endpoint is created."
  type        = number
  default     = 1

  validation {
    condition     = var.instance_count >= 1
    error_message = "A real-time endpoint needs at least one instance."
  }
}

variable "kms_key_arn" {
  description = "ARN of the KMS key that encrypts the storage volumes of the instances. Null: the key of the service."
  type        = string
  default     = null
}

variable "data_capture" {
  description = "Where requests and replies are recorded, and how many of them. Null: nothing is recorded."
  type = object({
    destination_s3_uri  = string
    sampling_percentage = optional(number, 100)
    modes               = optional(list(string), ["Input", "Output"])
    kms_key_arn         = optional(string)
    json_content_types  = optional(set(string), ["application/json"])
    csv_content_types   = optional(set(string), [])
  })
  default = null
}

variable "canary_percent" {
  description = "Share of the capacity that a new configuration gets first."
  type        = number
  default     = 10
}

variable "canary_wait_in_seconds" {
  description = "How long that share is watched before the rest follows."
  type        = number
  default     = 300
}

variable "rollback_alarms" {
  description = "Names of CloudWatch alarms that make an update of the endpoint go back to the configuration before."
  type        = set(string)
  default     = []
}

variable "tags" {
  description = "Tags of model, endpoint configuration and endpoint."
  type        = map(string)
  default     = {}
}

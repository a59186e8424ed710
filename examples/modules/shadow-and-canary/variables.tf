variable "name" {
  description = "Name of the endpoint. Models and endpoint configuration are named after it."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", var.name)) && length(var.name) <= 36
    error_message = "Up to 36 letters, digits and hyphens, with a letter or a digit at both ends."
  }
}

variable "execution_role_arn" {
  description = "ARN of the IAM role that the models run as."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:iam::[0-9]{12}:role/.+$", var.execution_role_arn))
    error_message = "The ARN of an IAM role, such as arn:aws:iam::123456789012:role/churn-model."
  }
}

variable "versions" {
  description = "Versions of the model, by a name of your own such as \"1.4.0\": an image with the model archive that it loads, or an approved model package. The environment is not for secrets. Keep a version until another one has served well."
  type = map(object({
    image             = optional(string)
    model_data_url    = optional(string)
    model_package_arn = optional(string)
    environment       = optional(map(string), {})
  }))

  validation {
    condition     = alltrue([for version in var.versions : (version.image == null) != (version.model_package_arn == null)])
    error_message = "A version has either an image or a model_package_arn."
  }

  validation {
    condition     = alltrue([for version in var.versions : version.model_data_url == null ? true : can(regex("^s3://[^/]+/.+", version.model_data_url))])
    error_message = "The model_data_url of a version is an S3 URI, such as s3://models/churn/model.tar.gz."
  }
}

variable "production_version" {
  description = "Key of versions whose responses are returned. Another one is deployed by a canary."
  type        = string
}

variable "shadow_version" {
  description = "Key of versions that receives copies of the requests. Its responses are discarded, or captured by data_capture. Null: no shadow."
  type        = string
  default     = null
}

variable "shadow_percent" {
  description = "Percentage of the requests that the shadow receives."
  type        = number
  default     = 100

  validation {
    condition     = var.shadow_percent > 0 && var.shadow_percent <= 100
    error_message = "More than 0, and up to 100. For no shadow, set shadow_version to null."
  }
}

variable "instance_type" {
  description = "Instance type of the production variant, such as ml.m5.large."
  type        = string
  default     = "ml.m5.large"

  validation {
    condition     = can(regex("^ml\\.[a-z0-9-]+\\.[a-z0-9]+$", var.instance_type))
    error_message = "An instance type, such as ml.m5.large."
  }
}

variable "instance_count" {
  description = "Number of instances of the production variant. With two or more, the canary is a part of them."
  type        = number
  default     = 2

  validation {
    condition     = var.instance_count >= 1
    error_message = "At least 1."
  }
}

variable "shadow_instance_type" {
  description = "Instance type of the shadow. Null: that of the production variant."
  type        = string
  default     = null
}

variable "shadow_instance_count" {
  description = "Number of instances of the shadow. Null: as many as the production variant has."
  type        = number
  default     = null

  validation {
    condition     = var.shadow_instance_count == null ? true : var.shadow_instance_count >= 1
    error_message = "At least 1, or null."
  }
}

variable "network_isolation" {
  description = "Whether the containers are cut off from every network."
  type        = bool
  default     = false
}

variable "vpc" {
  description = "Subnets and security groups of the containers. Null: the network of the service."
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

variable "kms_key_arn" {
  description = "ARN of the KMS key that encrypts the storage volumes of the instances. Null: the key of the service. Instance types with local storage do not support one."
  type        = string
  default     = null
}

variable "data_capture" {
  description = "S3 URI under which requests and responses of both variants are recorded, and the percentage that is. Null: nothing is recorded, so the variants can only be compared by their metrics."
  type = object({
    destination_s3_uri  = string
    sampling_percentage = optional(number, 100)
    kms_key_arn         = optional(string)
    json_content_types  = optional(set(string), ["application/json"])
    csv_content_types   = optional(set(string), [])
  })
  default = null

  validation {
    condition     = try(can(regex("^s3://[^/]+", var.data_capture.destination_s3_uri)) && var.data_capture.sampling_percentage >= 0 && var.data_capture.sampling_percentage <= 100, var.data_capture == null)
    error_message = "The destination is an S3 URI, such as s3://capture/churn, and the sampling percentage is from 0 to 100."
  }

  validation {
    condition     = try(length(var.data_capture.json_content_types) + length(var.data_capture.csv_content_types) > 0, var.data_capture == null)
    error_message = "At least one content type, JSON or CSV."
  }
}

variable "canary_percent" {
  description = "Percentage of the capacity that serves another version first."
  type        = number
  default     = 10

  validation {
    condition     = var.canary_percent >= 1 && var.canary_percent <= 50
    error_message = "From 1 to 50."
  }
}

variable "canary_wait_in_seconds" {
  description = "Time for which the alarms are watched before the rest follows, in seconds."
  type        = number
  default     = 600

  validation {
    condition     = var.canary_wait_in_seconds >= 0 && var.canary_wait_in_seconds <= 3600
    error_message = "From 0 to 3600."
  }
}

variable "bake_time_in_seconds" {
  description = "Time for which the old instances are kept after all traffic has moved, while the alarms are watched, in seconds."
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
  description = "Tags of models, endpoint configuration and endpoint."
  type        = map(string)
  default     = {}
}

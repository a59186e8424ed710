variable "name" {
  description = "Name of the tracking server or of the app. Another name replaces a tracking server; that of an app is changed in place."
  type        = string

  validation {
    condition     = length(var.name) <= 256 && can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", var.name))
    error_message = "1 to 256 letters, digits and hyphens, with a letter or a digit at both ends."
  }
}

variable "role_arn" {
  description = "ARN of the IAM role with access to the artifact store. Another role replaces the tracking server or the app."
  type        = string
}

variable "artifact_store_uri" {
  description = "S3 URI under which MLflow stores the artifacts of runs."
  type        = string

  validation {
    condition     = startswith(var.artifact_store_uri, "s3://")
    error_message = "An S3 URI, such as s3://mlflow.example.com/artifacts."
  }
}

variable "tracking_server" {
  description = "Size and version of a tracking server, and the account that has to own the bucket of the artifact store. Null: a serverless app."
  type = object({
    size                       = optional(string, "Small")
    mlflow_version             = optional(string)
    s3_bucket_owner_account_id = optional(string)
    timeout                    = optional(string, "45m")
  })
  default = null

  validation {
    condition     = contains(["Small", "Medium", "Large"], try(var.tracking_server.size, "Small"))
    error_message = "The size is Small, Medium or Large, for about 25, 50 or 100 users."
  }

  validation {
    condition     = can(regex("^[0-9]+\\.[0-9]+(\\.[0-9]+)?$", coalesce(try(var.tracking_server.mlflow_version, null), "3.0")))
    error_message = "mlflow_version is a version such as 3.0."
  }

  validation {
    condition     = can(regex("^[0-9]{12}$", coalesce(try(var.tracking_server.s3_bucket_owner_account_id, null), "123456789012")))
    error_message = "s3_bucket_owner_account_id is the ID of an account, of 12 digits."
  }
}

variable "app" {
  description = "Settings of the app, if there is no tracking server: the KMS key of its data, and whether the account or single Studio domains use it by default."
  type = object({
    kms_key_id         = optional(string)
    account_default    = optional(bool)
    default_domain_ids = optional(set(string))
  })
  default = null
}

variable "automatic_model_registration" {
  description = "Whether models that are registered in MLflow are also registered in the model registry of SageMaker."
  type        = bool
  default     = false
}

variable "weekly_maintenance_window_start" {
  description = "Start of the weekly maintenance window in UTC, such as Sun:03:30. Null: the service chooses one."
  type        = string
  default     = null

  validation {
    condition     = can(regex("^(Mon|Tue|Wed|Thu|Fri|Sat|Sun):([01][0-9]|2[0-3]):[0-5][0-9]$", coalesce(var.weekly_maintenance_window_start, "Sun:03:30")))
    error_message = "A day from Mon to Sun and a time in UTC, such as Sun:03:30."
  }
}

variable "deletion_protection" {
  description = "Whether plans that would destroy or replace the tracking server or the app are refused. To destroy it, set this to false and apply."
  type        = bool
  default     = true
}

variable "tags" {
  description = "Tags of the tracking server or of the app."
  type        = map(string)
  default     = {}
}

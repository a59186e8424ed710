variable "name" {
  description = "Name of the endpoint. Its configuration and the components are named after it."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", var.name)) && length(var.name) <= 36
    error_message = "Up to 36 letters, digits and hyphens, with a letter or a digit at both ends."
  }
}

variable "execution_role_arn" {
  description = "ARN of the IAM role that the endpoint and its components assume."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:iam::[0-9]{12}:role/.+$", var.execution_role_arn))
    error_message = "The ARN of an IAM role, such as arn:aws:iam::123456789012:role/churn-model."
  }
}

variable "instance_type" {
  description = "Instance type of the endpoint, such as ml.g5.xlarge."
  type        = string
  default     = "ml.g5.xlarge"

  validation {
    condition     = can(regex("^ml\\.[a-z0-9-]+\\.[a-z0-9]+$", var.instance_type))
    error_message = "An instance type, such as ml.g5.xlarge."
  }
}

variable "instance_count" {
  description = "Number of instances when the endpoint is created. Afterwards the service scales it between min_instance_count and max_instance_count."
  type        = number
  default     = 1

  validation {
    condition     = var.instance_count >= 1
    error_message = "At least 1: an endpoint starts with an instance, and is scaled to zero afterwards."
  }
}

variable "min_instance_count" {
  description = "Number of instances that are kept without any copy of a component. 0: none, so that an idle endpoint costs nothing."
  type        = number
  default     = 0

  validation {
    condition     = var.min_instance_count >= 0
    error_message = "At least 0."
  }
}

variable "max_instance_count" {
  description = "Number of instances up to which the service adds some for further copies."
  type        = number
  default     = 2

  validation {
    condition     = var.max_instance_count >= 1
    error_message = "At least 1."
  }
}

variable "components" {
  description = "Models on the endpoint, by name: an image with the model archive that it loads, or the name of an existing model; what a copy needs; and the number of copies. Null copies leave the number as it is, for components that automatic scaling scales; a new component starts with a number. The environment is not for secrets."
  type = map(object({
    image                                             = optional(string)
    model_data_url                                    = optional(string)
    environment                                       = optional(map(string), {})
    model_name                                        = optional(string)
    copies                                            = number
    min_memory_in_mb                                  = number
    max_memory_in_mb                                  = optional(number)
    accelerators                                      = optional(number)
    cpu_cores                                         = optional(number)
    placement_strategy                                = optional(string, "BINPACK")
    model_data_download_timeout_in_seconds            = optional(number, 1200)
    container_startup_health_check_timeout_in_seconds = optional(number, 1200)
    rollback_alarms                                   = optional(set(string), [])
    tags                                              = optional(map(string), {})
  }))
  default = {}

  validation {
    condition     = alltrue([for name in keys(var.components) : can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", name)) && length(name) <= 26])
    error_message = "The name of a component has up to 26 letters, digits and hyphens, with a letter or a digit at both ends."
  }

  validation {
    condition     = alltrue([for component in var.components : (component.image == null) != (component.model_name == null)])
    error_message = "A component has either an image or a model_name."
  }

  validation {
    condition     = alltrue([for component in var.components : component.model_data_url == null ? true : can(regex("^s3://[^/]+/.+", component.model_data_url))])
    error_message = "The model_data_url of a component is an S3 URI, such as s3://models/chat/model.tar.gz."
  }

  validation {
    condition     = alltrue([for component in var.components : component.copies == null ? true : component.copies >= 0])
    error_message = "The copies of a component are 0 or more, and at least 1 when it is created."
  }

  validation {
    condition     = alltrue([for component in var.components : component.min_memory_in_mb >= 128 && (component.max_memory_in_mb == null ? true : component.max_memory_in_mb >= component.min_memory_in_mb)])
    error_message = "A copy needs at least 128 MB, and its maximum is not below its minimum."
  }

  validation {
    condition     = alltrue([for component in var.components : component.accelerators != null || component.cpu_cores != null])
    error_message = "A component has accelerators, cpu_cores or both."
  }

  validation {
    condition     = alltrue([for component in var.components : contains(["BINPACK", "SPREAD"], component.placement_strategy)])
    error_message = "The placement_strategy of a component is either BINPACK or SPREAD."
  }

  validation {
    condition = alltrue(flatten([for component in var.components : [
      for timeout in [component.model_data_download_timeout_in_seconds, component.container_startup_health_check_timeout_in_seconds] : timeout >= 60 && timeout <= 3600
    ]]))
    error_message = "The timeouts of a component are from 60 to 3600 seconds."
  }
}

variable "adapters" {
  description = "Fine-tuned adapters (LoRA), by name: the component whose model they change, and the S3 URI of their archive."
  type = map(object({
    component    = string
    artifact_url = string
  }))
  default = {}

  validation {
    condition     = alltrue([for name in keys(var.adapters) : can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", name)) && length(name) <= 26])
    error_message = "The name of an adapter has up to 26 letters, digits and hyphens, with a letter or a digit at both ends."
  }

  validation {
    condition     = alltrue([for adapter in var.adapters : can(regex("^s3://[^/]+/.+", adapter.artifact_url))])
    error_message = "The artifact_url of an adapter is an S3 URI, such as s3://models/adapter.tar.gz."
  }

  validation {
    condition     = length(setintersection(keys(var.adapters), keys(var.components))) == 0
    error_message = "An adapter and a component have different names."
  }
}

variable "secret_environments" {
  description = "Secret environment variables, by name of the component, such as tokens from a secret store. No plan and no state contains them. A component that is named here is in secret_environment_versions too."
  type        = map(map(string))
  default     = {}
  ephemeral   = true

  validation {
    condition     = length(setsubtract(keys(var.secret_environments), keys(var.components))) == 0
    error_message = "Each key is the name of a component."
  }
}

variable "secret_environment_versions" {
  description = "A number for each component in secret_environments. Increase it to send changed secrets."
  type        = map(number)
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.secret_environment_versions), keys(var.components))) == 0
    error_message = "Each key is the name of a component."
  }
}

variable "update_wait_in_seconds" {
  description = "Time for which alarms are watched after each copy that an update has replaced, in seconds."
  type        = number
  default     = 120

  validation {
    condition     = var.update_wait_in_seconds >= 0 && var.update_wait_in_seconds <= 3600
    error_message = "From 0 to 3600."
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

variable "volume_size_in_gb" {
  description = "Size of the storage volume of each instance, in GB. Null: the service chooses."
  type        = number
  default     = null

  validation {
    condition     = var.volume_size_in_gb == null ? true : var.volume_size_in_gb >= 1 && var.volume_size_in_gb <= 512
    error_message = "From 1 to 512, or null."
  }
}

variable "kms_key_arn" {
  description = "ARN of the KMS key that encrypts the storage volumes of the instances. Null: the key of the service. Instance types with local storage do not support one."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of endpoint configuration, endpoint and components."
  type        = map(string)
  default     = {}
}

variable "name" {
  description = "Name of the pipeline. Another name replaces the pipeline, with its versions and the history of its executions."
  type        = string

  validation {
    condition     = length(var.name) <= 256 && can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", var.name))
    error_message = "1 to 256 letters, digits and hyphens, with a letter or a digit at both ends."
  }
}

variable "role_arn" {
  description = "ARN of the IAM role with which the pipeline creates jobs."
  type        = string
}

variable "definition" {
  description = "Definition of the pipeline as a JSON document, such as file(\"pipeline.json\"). Give either this or definition_s3_location."
  type        = string
  default     = null

  validation {
    condition     = (var.definition == null) != (var.definition_s3_location == null)
    error_message = "Give either definition or definition_s3_location."
  }

  validation {
    condition     = var.definition == null || can(jsondecode(var.definition).Steps)
    error_message = "A JSON document with Version and Steps, as pipeline.definition() of the SageMaker Python SDK returns it."
  }
}

variable "definition_s3_location" {
  description = "Location of the definition in S3, instead of definition. The service reads it once, so give the version of the object: another version is a new version of the pipeline."
  type = object({
    bucket     = string
    object_key = string
    version_id = optional(string)
  })
  default = null
}

variable "parameters" {
  description = "Values of the parameters of the pipeline for executions that this module or an EventBridge target starts. Other parameters keep their defaults. Numbers and Booleans are written as strings."
  type        = map(string)
  default     = {}

  validation {
    condition     = length(var.parameters) <= 200
    error_message = "At most 200 parameters."
  }

  validation {
    condition     = var.definition == null || length(setsubtract(keys(var.parameters), try(jsondecode(var.definition).Parameters[*].Name, []))) == 0
    error_message = "The definition has no parameter ${join(", ", setsubtract(keys(var.parameters), try(jsondecode(var.definition).Parameters[*].Name, [])))}. Its parameters are: ${join(", ", try(jsondecode(var.definition).Parameters[*].Name, []))}."
  }
}

variable "start" {
  description = "Starts an execution whenever the definition or the parameters change, and after the pipeline is created. Null: only EventBridge, the command line and other callers start executions."
  type = object({
    wait                   = optional(bool, true)
    timeout                = optional(string, "24h")
    display_name           = optional(string)
    description            = optional(string)
    mlflow_experiment_name = optional(string)
  })
  default = null

  validation {
    condition     = var.start == null || length(setsubtract([for parameter in try(jsondecode(var.definition).Parameters, []) : parameter.Name if !can(parameter.DefaultValue)], keys(var.parameters))) == 0
    error_message = "Executions need a value in parameters for each parameter without a default: ${join(", ", setsubtract([for parameter in try(jsondecode(var.definition).Parameters, []) : parameter.Name if !can(parameter.DefaultValue)], keys(var.parameters)))}."
  }
}

variable "display_name" {
  description = "Display name of the pipeline in Studio. Null: its name."
  type        = string
  default     = null
}

variable "description" {
  description = "Description of the pipeline."
  type        = string
  default     = null

  validation {
    condition     = length(coalesce(var.description, "-")) <= 3072
    error_message = "At most 3,072 characters."
  }
}

variable "version_aliases" {
  description = "Aliases of the latest version, such as production. They move to each new version."
  type        = set(string)
  default     = []

  validation {
    condition     = length(var.version_aliases) <= 10 && alltrue([for alias in var.version_aliases : can(regex("^[a-zA-Z0-9._-]{1,128}$", alias))])
    error_message = "At most 10 aliases of 1 to 128 letters, digits, dots, underscores and hyphens."
  }
}

variable "max_parallel_execution_steps" {
  description = "Number of steps of an execution that run in parallel. Null: the limit of the service."
  type        = number
  default     = null

  validation {
    condition     = try(var.max_parallel_execution_steps >= 1, true)
    error_message = "At least 1 step."
  }
}

variable "deletion_protection" {
  description = "Whether plans that would destroy or replace the pipeline are refused. Null: the setting of the provider."
  type        = bool
  default     = null
}

variable "tags" {
  description = "Tags of the pipeline."
  type        = map(string)
  default     = {}
}

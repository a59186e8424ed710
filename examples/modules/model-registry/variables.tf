variable "name" {
  description = "Name of the model package group, in both registries."
  type        = string
}

variable "description" {
  description = "What the models of this group are for."
  type        = string
  default     = null
}

variable "versions" {
  description = "Versions of the model, by a name of your own such as \"1.4.0\". Entries stay when newer ones come."
  type = map(object({
    image                = string
    model_data_url       = string
    description          = optional(string)
    approval_status      = optional(string, "PendingManualApproval")
    approval_description = optional(string)
    metadata             = optional(map(string), {})
  }))
}

variable "promoted" {
  description = "Names of the versions that the production registry has too. Each has to be approved."
  type        = set(string)
  default     = []
}

variable "content_types" {
  description = "MIME types of the requests that the models understand."
  type        = list(string)
  default     = ["application/json"]
}

variable "response_types" {
  description = "MIME types of their replies."
  type        = list(string)
  default     = ["application/json"]
}

variable "instance_types" {
  description = "Instance types that the models may be deployed on."
  type        = list(string)
  default     = ["ml.m5.large", "ml.m5.xlarge"]
}

variable "tags" {
  description = "Tags of both groups."
  type        = map(string)
  default     = {}
}

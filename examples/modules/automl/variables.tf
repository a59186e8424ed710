variable "name" {
  description = "Name of the endpoint. The job, the model and the endpoint configuration are named after it."
  type        = string

  validation {
    condition     = length(var.name) <= 23
    error_message = "At most 23 characters, so that there is room for what makes the name of the job unique."
  }
}

variable "role_arn" {
  description = "ARN of the IAM role that reads the data, trains and writes the results."
  type        = string
}

variable "inputs" {
  description = "Where the data are: one for training, and another for validation if they are not to be split."
  type = list(object({
    s3_uri           = string
    s3_data_type     = optional(string, "S3Prefix")
    channel_type     = optional(string)
    content_type     = optional(string)
    compression_type = optional(string)
  }))

  validation {
    condition     = length(var.inputs) >= 1 && length(var.inputs) <= 2
    error_message = "One or two inputs."
  }
}

variable "target_attribute_name" {
  description = "The column to predict."
  type        = string
}

variable "sample_weight_attribute_name" {
  description = "The column that says how much a row counts. Null: all count the same."
  type        = string
  default     = null
}

variable "problem_type" {
  description = "Regression, BinaryClassification or MulticlassClassification, together with objective_metric. Null: the job finds out."
  type        = string
  default     = null
}

variable "objective_metric" {
  description = "The metric to optimize, such as F1 or MSE. Null: the one that suits the problem."
  type        = string
  default     = null
}

variable "mode" {
  description = "AUTO, ENSEMBLING or HYPERPARAMETER_TUNING. Null: the choice of the service."
  type        = string
  default     = null
}

variable "algorithms" {
  description = "Algorithms to try, such as xgboost. Empty: all that the mode has."
  type        = list(string)
  default     = []
}

variable "feature_specification_s3_uri" {
  description = "S3 URI of a JSON file that says which columns to use, and of what type they are."
  type        = string
  default     = null
}

variable "validation_fraction" {
  description = "Share of the data to validate with, if there is only one input."
  type        = number
  default     = null
}

variable "completion_criteria" {
  description = "When the job is to stop looking for better models."
  type = object({
    max_candidates                          = optional(number)
    max_runtime_per_training_job_in_seconds = optional(number)
    max_job_runtime_in_seconds              = optional(number)
  })
  default = {}
}

variable "generate_candidate_definitions_only" {
  description = "True: candidates are only described, not trained. Then there is nothing to deploy."
  type        = bool
  default     = false
}

variable "output_s3_uri" {
  description = "S3 URI, of at most 128 characters, below which the results are written."
  type        = string
}

variable "output_kms_key_id" {
  description = "KMS key that encrypts the results."
  type        = string
  default     = null
}

variable "volume_kms_key_id" {
  description = "KMS key that encrypts the volumes of the job."
  type        = string
  default     = null
}

variable "encrypt_inter_container_traffic" {
  description = "True: the containers of the job talk to each other encrypted."
  type        = bool
  default     = false
}

variable "vpc" {
  description = "Network of the job and of the model. Null: that of the service."
  type = object({
    security_group_ids = list(string)
    subnets            = list(string)
  })
  default = null
}

variable "deployment_by_the_job" {
  description = "Lets the job itself deploy its best model, to an endpoint that Terraform then knows nothing of. Without a name, it gets one."
  type = object({
    endpoint_name = optional(string)
  })
  default = null
}

variable "timeout" {
  description = "How long to wait for the job."
  type        = string
  default     = "24h"
}

variable "candidate_name" {
  description = "The candidate to deploy. Null: the best."
  type        = string
  default     = null
}

variable "inference_response_keys" {
  description = "What the endpoint answers with, in this order: of predicted_label, probability, labels and probabilities. Empty: what the model answers with by itself."
  type        = list(string)
  default     = []
}

variable "deployment" {
  description = "Where the model is served. Null: nowhere, it is only trained."
  type = object({
    endpoint_name                                     = optional(string)
    execution_role_arn                                = optional(string)
    instance_type                                     = optional(string, "ml.m5.xlarge")
    instance_count                                    = optional(number, 1)
    volume_size_in_gb                                 = optional(number)
    kms_key_arn                                       = optional(string)
    network_isolation                                 = optional(bool, false)
    model_data_download_timeout_in_seconds            = optional(number)
    container_startup_health_check_timeout_in_seconds = optional(number)
  })
  default = {}
}

variable "tags" {
  description = "Tags of everything that is created."
  type        = map(string)
  default     = {}
}

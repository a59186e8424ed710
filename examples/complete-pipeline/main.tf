# A pipeline that trains the churn model: its definition in the repository, an execution for each change of it, and what a nightly
# schedule of EventBridge needs.

terraform {
  required_version = ">= 1.14"

  required_providers {
    sagemaker = {
      source  = "sagemaker-rs/sagemaker"
      version = ">= 0.1"
    }
  }
}

provider "sagemaker" {
  region = "us-east-1"

  default_tags {
    tags = {
      environment = "staging"
      managed-by  = "terraform"
    }
  }
}

variable "name" {
  description = "Name of the pipeline."
  type        = string
  default     = "churn"
}

variable "month" {
  description = "The month whose data are trained with."
  type        = string
  default     = "2026-11"
}

variable "start" {
  description = "Whether an apply that changes the definition or the parameters starts an execution."
  type        = bool
  default     = true
}

module "pipeline" {
  source = "../modules/pipeline"

  name                         = var.name
  description                  = "Trains the churn model."
  role_arn                     = "arn:aws:iam::123456789012:role/churn-pipeline"
  definition                   = file("${path.module}/pipeline.json")
  version_aliases              = ["staging"]
  max_parallel_execution_steps = 2
  parameters                   = { InputUri = "s3://churn-data/${var.month}/", MaxDepth = "6" }
  start                        = var.start ? { timeout = "4h", description = "Data of ${var.month}." } : null
  tags                         = { team = "growth" }
}

output "pipeline_arn" {
  value = module.pipeline.pipeline_arn
}

output "version_id" {
  value = module.pipeline.version_id
}

output "schedule_target" {
  value = {
    arn        = module.pipeline.pipeline_arn
    parameters = module.pipeline.parameter_list
    policy     = jsondecode(module.pipeline.start_policy_json)
  }
}

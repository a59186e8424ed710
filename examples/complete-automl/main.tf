# The best model that a job finds in a table of customers, behind an endpoint that answers with label and probability.

terraform {
  required_version = ">= 1.4"

  required_providers {
    sagemaker = {
      source  = "sagemaker-rs/sagemaker"
      version = ">= 0.1"
    }
  }
}

provider "sagemaker" {
  region = "us-east-1"
}

variable "name" {
  description = "Name of the endpoint."
  type        = string
  default     = "churn"
}

variable "month" {
  description = "The month whose data are learnt from."
  type        = string
  default     = "2026-11"
}

variable "candidate_name" {
  description = "Deploys this candidate in place of the best."
  type        = string
  default     = null
}

variable "inference_response_keys" {
  description = "What the endpoint answers with."
  type        = list(string)
  default     = ["predicted_label", "probability"]
}

module "churn" {
  source = "../modules/automl"

  name                  = var.name
  role_arn              = "arn:aws:iam::123456789012:role/autopilot"
  target_attribute_name = "left"
  problem_type          = "BinaryClassification"
  objective_metric      = "F1"
  mode                  = "HYPERPARAMETER_TUNING"
  output_s3_uri         = "s3://example-models/automl"
  completion_criteria   = { max_candidates = 20, max_job_runtime_in_seconds = 14400 }

  inputs = [
    { channel_type = "training", s3_uri = "s3://example-data/customers/${var.month}/train/", content_type = "text/csv;header=present", compression_type = "Gzip" },
    { channel_type = "validation", s3_uri = "s3://example-data/customers/${var.month}/validation/", content_type = "text/csv;header=present", compression_type = "Gzip" },
  ]

  candidate_name          = var.candidate_name
  inference_response_keys = var.inference_response_keys

  deployment = {
    instance_type     = "ml.c5.xlarge"
    instance_count    = 2
    network_isolation = true
  }

  tags = { team = "growth" }
}

output "endpoint_name" {
  value = module.churn.endpoint_name
}

output "deployed_candidate" {
  value = module.churn.deployed_candidate
}

output "candidates" {
  value = module.churn.candidates
}

output "model_name" {
  value = module.churn.model_name
}

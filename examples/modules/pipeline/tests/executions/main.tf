# Reads what the pipeline has run, and what its latest version is.

terraform {
  required_providers {
    sagemaker = {
      source = "sagemaker-rs/sagemaker"
    }
  }
}

variable "pipeline_name" {
  description = "Name of the pipeline."
  type        = string
}

data "sagemaker_pipeline_executions" "this" {
  pipeline_name = var.pipeline_name
}

data "sagemaker_pipeline_execution_parameters" "latest" {
  pipeline_execution_arn = data.sagemaker_pipeline_executions.this.pipeline_execution_summaries[0].pipeline_execution_arn
}

output "states" {
  description = "States of the executions."
  value       = data.sagemaker_pipeline_executions.this.pipeline_execution_summaries[*].pipeline_execution_status
}

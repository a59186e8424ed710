resource "sagemaker_pipeline" "this" {
  pipeline_name            = var.name
  pipeline_display_name    = var.display_name
  pipeline_description     = var.description
  pipeline_definition      = var.definition
  pipeline_version_aliases = var.version_aliases
  role_arn                 = var.role_arn
  deletion_protection      = var.deletion_protection
  tags                     = var.tags

  dynamic "pipeline_definition_s3_location" {
    for_each = var.definition_s3_location[*]

    content {
      bucket     = pipeline_definition_s3_location.value.bucket
      object_key = pipeline_definition_s3_location.value.object_key
      version_id = pipeline_definition_s3_location.value.version_id
    }
  }

  dynamic "parallelism_configuration" {
    for_each = var.max_parallel_execution_steps[*]

    content {
      max_parallel_execution_steps = parallelism_configuration.value
    }
  }
}

locals {
  parameters = [for name in sort(keys(var.parameters)) : { name = name, value = var.parameters[name] }]
}

action "sagemaker_start_pipeline_execution" "this" {
  config {
    pipeline_name                   = sagemaker_pipeline.this.pipeline_name
    pipeline_execution_display_name = try(var.start.display_name, null)
    pipeline_execution_description  = try(var.start.description, null)
    mlflow_experiment_name          = try(var.start.mlflow_experiment_name, null)
    wait                            = try(var.start.wait, null)
    timeout                         = try(var.start.timeout, null)

    dynamic "pipeline_parameters" {
      for_each = local.parameters

      content {
        name  = pipeline_parameters.value.name
        value = pipeline_parameters.value.value
      }
    }
  }
}

# What an execution runs. The pipeline itself is also updated for other tags or another description, which are to start nothing.
resource "terraform_data" "run" {
  input = {
    pipeline_arn           = sagemaker_pipeline.this.arn
    definition_sha256      = var.definition == null ? null : sha256(jsonencode(jsondecode(var.definition)))
    definition_s3_location = var.definition_s3_location
    parameters             = local.parameters
  }

  lifecycle {
    action_trigger {
      events    = [after_create, after_update]
      actions   = [action.sagemaker_start_pipeline_execution.this]
      condition = var.start != null
    }
  }
}

data "sagemaker_pipeline_versions" "latest" {
  pipeline_name = sagemaker_pipeline.this.pipeline_name
  sort_order    = "Descending"
  max_results   = 1
}

# Twenty types of objects, `share` of each.

variable "share" {
  type = number
}

locals {
  role  = "arn:aws:iam::123456789012:role/test"
  names = [for number in range(var.share) : "${var.name}-${number}"]
}

resource "sagemaker_model" "test" {
  count              = var.share
  name               = local.names[count.index]
  execution_role_arn = local.role

  primary_container {
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1"
  }
}

resource "sagemaker_endpoint_configuration" "test" {
  count = var.share
  name  = local.names[count.index]

  production_variants {
    variant_name           = "main"
    model_name             = sagemaker_model.test[count.index].name
    instance_type          = "ml.m5.large"
    initial_instance_count = 1
  }
}

resource "sagemaker_endpoint" "test" {
  count                = var.share
  name                 = local.names[count.index]
  endpoint_config_name = sagemaker_endpoint_configuration.test[count.index].name
}

resource "sagemaker_model_package_group" "test" {
  count                    = var.share
  model_package_group_name = local.names[count.index]
}

resource "sagemaker_pipeline" "test" {
  count                 = var.share
  pipeline_name         = local.names[count.index]
  pipeline_display_name = local.names[count.index]
  role_arn              = local.role

  pipeline_definition = jsonencode({
    Version = "2020-12-01"
    Steps   = [{ Name = "Stop", Type = "Fail", Arguments = { ErrorMessage = "stop" } }]
  })
}

resource "sagemaker_experiment" "test" {
  count           = var.share
  experiment_name = local.names[count.index]
}

resource "sagemaker_trial" "test" {
  count           = var.share
  trial_name      = local.names[count.index]
  experiment_name = sagemaker_experiment.test[count.index].experiment_name
}

resource "sagemaker_trial_component" "test" {
  count                = var.share
  trial_component_name = local.names[count.index]
}

resource "sagemaker_context" "test" {
  count        = var.share
  context_name = local.names[count.index]
  context_type = "Test"

  source {
    source_uri = "s3://example/${local.names[count.index]}"
  }
}

resource "sagemaker_artifact" "test" {
  count         = var.share
  artifact_name = local.names[count.index]
  artifact_type = "DataSet"

  source {
    source_uri = "s3://example/${local.names[count.index]}"
  }
}

resource "sagemaker_action" "test" {
  count       = var.share
  action_name = local.names[count.index]
  action_type = "ModelDeployment"

  source {
    source_uri = "s3://example/${local.names[count.index]}"
  }
}

resource "sagemaker_image" "test" {
  count      = var.share
  image_name = local.names[count.index]
  role_arn   = local.role
}

resource "sagemaker_app_image_config" "test" {
  count                 = var.share
  app_image_config_name = local.names[count.index]

  jupyter_lab_image_config {
    container_config {
      container_entrypoint = ["lab"]
    }
  }
}

resource "sagemaker_code_repository" "test" {
  count                = var.share
  code_repository_name = local.names[count.index]

  git_config {
    repository_url = "https://git.example.com/notebooks.git"
  }
}

resource "sagemaker_notebook_instance_lifecycle_configuration" "test" {
  count     = var.share
  name      = local.names[count.index]
  on_create = base64encode("echo created")
}

resource "sagemaker_studio_lifecycle_config" "test" {
  count                            = var.share
  studio_lifecycle_config_name     = local.names[count.index]
  studio_lifecycle_config_app_type = "JupyterLab"
  studio_lifecycle_config_content  = base64encode("echo started")
}

resource "sagemaker_human_task_ui" "test" {
  count              = var.share
  human_task_ui_name = local.names[count.index]

  ui_template {
    content = "<crowd-form><p>{{ task.input.text }}</p></crowd-form>"
  }
}

resource "sagemaker_device_fleet" "test" {
  count             = var.share
  device_fleet_name = local.names[count.index]
  role_arn          = local.role

  output_config {
    s3_output_location = "s3://example/devices/"
  }
}

resource "sagemaker_model_card" "test" {
  count             = var.share
  model_card_name   = local.names[count.index]
  model_card_status = "Draft"
  content           = jsonencode({ model_overview = { model_description = "A test." } })
}

resource "sagemaker_feature_group" "test" {
  count                          = var.share
  feature_group_name             = local.names[count.index]
  record_identifier_feature_name = "customer"
  event_time_feature_name        = "at"
  role_arn                       = local.role

  feature_definition {
    feature_name = "customer"
    feature_type = "String"
  }

  feature_definition {
    feature_name = "at"
    feature_type = "Fractional"
  }

  online_store_config {
    enable_online_store = true
  }
}

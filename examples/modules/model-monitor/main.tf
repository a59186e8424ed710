locals {
  monitors = { for type, monitor in {
    data-quality         = var.data_quality
    model-quality        = var.model_quality
    model-bias           = var.model_bias
    model-explainability = var.model_explainability
  } : type => monitor if monitor != null }

  types = {
    data-quality         = "DataQuality"
    model-quality        = "ModelQuality"
    model-bias           = "ModelBias"
    model-explainability = "ModelExplainability"
  }

  # Clarify computes bias and explainability, the analyzer of Model Monitor the rest.
  repositories = {
    data-quality         = { name = "sagemaker-model-monitor-analyzer", tag = "latest" }
    model-quality        = { name = "sagemaker-model-monitor-analyzer", tag = "latest" }
    model-bias           = { name = "sagemaker-clarify-processing", tag = "1.0" }
    model-explainability = { name = "sagemaker-clarify-processing", tag = "1.0" }
  }

  images  = { for type, _ in local.monitors : type => contains(keys(var.images), type) ? var.images[type] : data.sagemaker_prebuilt_ecr_image.this[type].registry_path }
  reports = { for type, _ in local.monitors : type => "${trimsuffix(var.output_s3_uri, "/")}/${type}" }

  definitions = { for type, definitions in {
    data-quality         = sagemaker_data_quality_job_definition.this[*]
    model-quality        = sagemaker_model_quality_job_definition.this[*]
    model-bias           = sagemaker_model_bias_job_definition.this[*]
    model-explainability = sagemaker_model_explainability_job_definition.this[*]
  } : type => { name = definitions[0].name, arn = definitions[0].arn } if length(definitions) == 1 }
}

data "sagemaker_prebuilt_ecr_image" "this" {
  for_each = setsubtract(keys(local.monitors), keys(var.images))

  repository_name = local.repositories[each.key].name
  image_tag       = local.repositories[each.key].tag
}

# A schedule moves to another job definition in place, and keeps the history of its executions.
resource "sagemaker_monitoring_schedule" "this" {
  for_each = local.monitors

  name = "${var.name}-${each.key}"
  tags = var.tags

  monitoring_schedule_config {
    monitoring_job_definition_name = local.definitions[each.key].name
    monitoring_type                = local.types[each.key]

    schedule_config {
      schedule_expression = each.value.schedule_expression
    }
  }
}

# The service creates the alert together with the schedule, and names it. The name of a schedule is known before the schedule exists, its
# ARN is not, so the alerts of a new schedule are read after its creation. Those of a schedule that is being updated are read in the plan:
# a local value, unlike a reference to the resource, does not defer that.
locals {
  schedules = { for type, schedule in sagemaker_monitoring_schedule.this : type => element(split("/", schedule.arn), 1) }
}

data "sagemaker_monitoring_alerts" "this" {
  for_each = local.monitors

  monitoring_schedule_name = local.schedules[each.key]
}

resource "sagemaker_monitoring_alert" "this" {
  for_each = local.monitors

  monitoring_schedule_name = sagemaker_monitoring_schedule.this[each.key].name
  monitoring_alert_name    = data.sagemaker_monitoring_alerts.this[each.key].monitoring_alert_summaries[0].monitoring_alert_name
  datapoints_to_alert      = each.value.alert.datapoints_to_alert
  evaluation_period        = each.value.alert.evaluation_period
}

locals {
  settings = {
    role     = var.role_arn
    inputs   = var.inputs
    target   = var.target_attribute_name
    weight   = var.sample_weight_attribute_name
    problem  = var.problem_type
    metric   = var.objective_metric
    mode     = var.mode
    method   = var.algorithms
    features = var.feature_specification_s3_uri
    fraction = var.validation_fraction
    limits   = var.completion_criteria
    defined  = var.generate_candidate_definitions_only
    output   = var.output_s3_uri
    keys     = [var.output_kms_key_id, var.volume_kms_key_id]
    network  = [var.vpc, var.encrypt_inter_container_traffic]
    one_step = var.deployment_by_the_job
  }
}

# A job cannot be changed and its name is never free again, so another job needs a name that none has had: settings that come back
# are another job too.
resource "terraform_data" "job" {
  triggers_replace = local.settings
}

resource "sagemaker_auto_ml_job_v2" "this" {
  auto_ml_job_name    = "${var.name}-${substr(terraform_data.job.id, 0, 8)}"
  role_arn            = var.role_arn
  tags                = var.tags
  wait_for_completion = true

  dynamic "auto_ml_job_input_data_config" {
    for_each = var.inputs

    content {
      channel_type     = auto_ml_job_input_data_config.value.channel_type
      compression_type = auto_ml_job_input_data_config.value.compression_type
      content_type     = auto_ml_job_input_data_config.value.content_type

      data_source {
        s3_data_source {
          s3_data_type = auto_ml_job_input_data_config.value.s3_data_type
          s3_uri       = auto_ml_job_input_data_config.value.s3_uri
        }
      }
    }
  }

  auto_ml_problem_type_config {
    tabular_job_config {
      target_attribute_name               = var.target_attribute_name
      sample_weight_attribute_name        = var.sample_weight_attribute_name
      problem_type                        = var.problem_type
      mode                                = var.mode
      feature_specification_s3_uri        = var.feature_specification_s3_uri
      generate_candidate_definitions_only = var.generate_candidate_definitions_only

      dynamic "candidate_generation_config" {
        for_each = length(var.algorithms) > 0 ? [var.algorithms] : []

        content {
          algorithms_config {
            auto_ml_algorithms = candidate_generation_config.value
          }
        }
      }

      completion_criteria {
        max_candidates                          = var.completion_criteria.max_candidates
        max_runtime_per_training_job_in_seconds = var.completion_criteria.max_runtime_per_training_job_in_seconds
        max_auto_ml_job_runtime_in_seconds      = var.completion_criteria.max_job_runtime_in_seconds
      }
    }
  }

  dynamic "auto_ml_job_objective" {
    for_each = var.objective_metric[*]

    content {
      metric_name = auto_ml_job_objective.value
    }
  }

  dynamic "data_split_config" {
    for_each = var.validation_fraction[*]

    content {
      validation_fraction = data_split_config.value
    }
  }

  dynamic "model_deploy_config" {
    for_each = var.deployment_by_the_job[*]

    content {
      auto_generate_endpoint_name = model_deploy_config.value.endpoint_name == null
      endpoint_name               = model_deploy_config.value.endpoint_name
    }
  }

  security_config {
    enable_inter_container_traffic_encryption = var.encrypt_inter_container_traffic
    volume_kms_key_id                         = var.volume_kms_key_id

    dynamic "vpc_config" {
      for_each = var.vpc[*]

      content {
        security_group_ids = vpc_config.value.security_group_ids
        subnets            = vpc_config.value.subnets
      }
    }
  }

  output_data_config {
    s3_output_path = var.output_s3_uri
    kms_key_id     = var.output_kms_key_id
  }

  timeouts {
    create = var.timeout
  }

  lifecycle {
    # What is deployed stays until another model has taken its place. The job itself is never deleted.
    create_before_destroy = true
  }
}

# All that the job has found, the best first.
data "sagemaker_auto_ml_job_candidates" "found" {
  auto_ml_job_name = sagemaker_auto_ml_job_v2.this.auto_ml_job_name
  status_equals    = "Completed"
  sort_by          = "FinalObjectiveMetricValue"
  sort_order       = local.lowest_is_best ? "Ascending" : "Descending"
}

locals {
  best           = sagemaker_auto_ml_job_v2.this.best_candidate
  lowest_is_best = try(local.best[0].final_auto_ml_job_objective_metric[0].type == "Minimize", false)

  named  = [for candidate in data.sagemaker_auto_ml_job_candidates.found.candidates : candidate if candidate.candidate_name == var.candidate_name]
  chosen = var.candidate_name == null ? local.best : local.named

  containers = flatten([for candidate in local.chosen : candidate.inference_containers])

  # The keys that each container can answer with; none if it gives no choice.
  supported = [for container in local.containers : [
    for key in split(",", lookup(container.environment, "SAGEMAKER_INFERENCE_SUPPORTED", "")) : trimspace(key) if trimspace(key) != ""
  ]]
  # The keys that each container has to answer with, and that the next one then has to read.
  answers = [for supported in local.supported : join(",", [for key in var.inference_response_keys : key if contains(supported, key)])]
  environments = [for index, container in local.containers : merge(
    container.environment,
    local.answers[index] == "" ? {} : { SAGEMAKER_INFERENCE_OUTPUT = local.answers[index] },
    index == 0 || length(local.supported[index]) == 0 ? {} : local.answers[index - 1] == "" ? {} : { SAGEMAKER_INFERENCE_INPUT = local.answers[index - 1] },
  )]
}

resource "sagemaker_model" "this" {
  count = var.deployment == null ? 0 : 1

  name_prefix              = "${var.name}-"
  execution_role_arn       = coalesce(var.deployment.execution_role_arn, var.role_arn)
  enable_network_isolation = var.deployment.network_isolation
  tags                     = var.tags

  dynamic "container" {
    for_each = local.containers

    content {
      image          = container.value.image
      model_data_url = container.value.model_data_url
      environment    = local.environments[container.key]
    }
  }

  dynamic "vpc_config" {
    for_each = var.vpc[*]

    content {
      security_group_ids = vpc_config.value.security_group_ids
      subnets            = vpc_config.value.subnets
    }
  }

  lifecycle {
    create_before_destroy = true

    precondition {
      condition     = length(local.chosen) == 1
      error_message = "There is no completed candidate ${coalesce(var.candidate_name, "at all")}. Those of the job are: ${join(", ", data.sagemaker_auto_ml_job_candidates.found.candidates[*].candidate_name)}."
    }

    precondition {
      condition     = length(setsubtract(var.inference_response_keys, try(local.supported[length(local.supported) - 1], []))) == 0
      error_message = "The model cannot answer with all of inference_response_keys. It can with: ${join(", ", try(local.supported[length(local.supported) - 1], []))}."
    }
  }
}

resource "sagemaker_endpoint_configuration" "this" {
  count = length(sagemaker_model.this)

  name_prefix = "${var.name}-"
  kms_key_arn = var.deployment.kms_key_arn
  tags        = var.tags

  production_variants {
    variant_name                                      = "AllTraffic"
    model_name                                        = sagemaker_model.this[0].name
    instance_type                                     = var.deployment.instance_type
    initial_instance_count                            = var.deployment.instance_count
    volume_size_in_gb                                 = var.deployment.volume_size_in_gb
    model_data_download_timeout_in_seconds            = var.deployment.model_data_download_timeout_in_seconds
    container_startup_health_check_timeout_in_seconds = var.deployment.container_startup_health_check_timeout_in_seconds
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "sagemaker_endpoint" "this" {
  count = length(sagemaker_model.this)

  name                 = coalesce(var.deployment.endpoint_name, var.name)
  endpoint_config_name = sagemaker_endpoint_configuration.this[0].name
  tags                 = var.tags
}

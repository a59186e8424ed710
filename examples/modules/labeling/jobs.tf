# A job cannot be changed and its name is never free again, so other settings, or another workforce, are another job with another name, even
# if earlier settings return.
resource "terraform_data" "job" {
  for_each = var.labeling_jobs

  triggers_replace = {
    workforce = var.workforce.name
    settings  = { for setting, value in each.value : setting => value if value != null && setting != "wait_for_completion" }
  }
}

# A job is not created before the old one is stopped: Terraform would then also have to create a workforce before it deletes the old one, and
# a region has only one.
resource "sagemaker_labeling_job" "this" {
  for_each = var.labeling_jobs

  labeling_job_name            = "${each.key}-${substr(terraform_data.job[each.key].id, 0, 8)}"
  label_attribute_name         = coalesce(each.value.label_attribute_name, each.key)
  label_category_config_s3_uri = each.value.label_category_config_s3_uri
  role_arn                     = each.value.role_arn
  wait_for_completion          = each.value.wait_for_completion
  tags                         = var.tags

  input_config {
    data_source {
      dynamic "s3_data_source" {
        for_each = each.value.input.sns_topic_arn == null ? [each.value.input] : []

        content {
          manifest_s3_uri = s3_data_source.value.manifest_s3_uri
        }
      }

      dynamic "sns_data_source" {
        for_each = each.value.input.sns_topic_arn == null ? [] : [each.value.input]

        content {
          sns_topic_arn = sns_data_source.value.sns_topic_arn
        }
      }
    }
  }

  output_config {
    s3_output_path = each.value.output.s3_uri
    kms_key_id     = each.value.output.kms_key_id
    sns_topic_arn  = each.value.output.sns_topic_arn
  }

  human_task_config {
    workteam_arn                            = sagemaker_workteam.this[each.value.team].arn
    task_title                              = each.value.task.title
    task_description                        = each.value.task.description
    task_keywords                           = each.value.task.keywords
    task_time_limit_in_seconds              = each.value.task.time_limit_in_seconds
    task_availability_lifetime_in_seconds   = each.value.task.availability_lifetime_in_seconds
    number_of_human_workers_per_data_object = each.value.task.workers_per_object
    max_concurrent_task_count               = each.value.task.max_concurrent_count
    pre_human_task_lambda_arn               = each.value.pre_human_task_lambda_arn

    ui_config {
      ui_template_s3_uri = each.value.ui.template_s3_uri
      human_task_ui_arn  = each.value.ui.human_task_ui_arn
    }

    annotation_consolidation_config {
      annotation_consolidation_lambda_arn = each.value.annotation_consolidation_lambda_arn
    }
  }

  dynamic "labeling_job_algorithms_config" {
    for_each = each.value.automated_labeling[*]

    content {
      labeling_job_algorithm_specification_arn = labeling_job_algorithms_config.value.algorithm_specification_arn
      initial_active_learning_model_arn        = labeling_job_algorithms_config.value.initial_active_learning_model_arn

      labeling_job_resource_config {
        volume_kms_key_id = labeling_job_algorithms_config.value.volume_kms_key_id

        dynamic "vpc_config" {
          for_each = labeling_job_algorithms_config.value.vpc[*]

          content {
            security_group_ids = vpc_config.value.security_group_ids
            subnets            = vpc_config.value.subnets
          }
        }
      }
    }
  }

  dynamic "stopping_conditions" {
    for_each = each.value.stopping_conditions[*]

    content {
      max_human_labeled_object_count          = stopping_conditions.value.max_human_labeled_object_count
      max_percentage_of_input_dataset_labeled = stopping_conditions.value.max_percentage_of_input_dataset_labeled
    }
  }

  lifecycle {
    precondition {
      condition     = contains(keys(var.teams), each.value.team)
      error_message = "There is no team ${each.value.team}. The teams are: ${join(", ", keys(var.teams))}."
    }
  }
}

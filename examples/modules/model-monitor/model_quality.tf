resource "sagemaker_model_quality_job_definition" "this" {
  count = var.model_quality == null ? 0 : 1

  role_arn = var.role_arn
  tags     = var.tags

  model_quality_app_specification {
    image_uri                           = local.images["model-quality"]
    problem_type                        = var.model_quality.problem_type
    environment                         = var.model_quality.environment
    record_preprocessor_source_uri      = var.model_quality.record_preprocessor_source_uri
    post_analytics_processor_source_uri = var.model_quality.post_analytics_processor_source_uri
  }

  model_quality_job_input {
    dynamic "endpoint_input" {
      for_each = var.input.batch_transform == null ? [var.input] : []

      content {
        endpoint_name                   = endpoint_input.value.endpoint_name
        inference_attribute             = var.model_quality.inference_attribute
        probability_attribute           = var.model_quality.probability_attribute
        probability_threshold_attribute = var.model_quality.probability_threshold_attribute
        start_time_offset               = var.model_quality.start_time_offset
        end_time_offset                 = var.model_quality.end_time_offset
      }
    }

    dynamic "batch_transform_input" {
      for_each = var.input.batch_transform[*]

      content {
        data_captured_destination_s3_uri = batch_transform_input.value.data_captured_destination_s3_uri
        inference_attribute              = var.model_quality.inference_attribute
        probability_attribute            = var.model_quality.probability_attribute
        probability_threshold_attribute  = var.model_quality.probability_threshold_attribute
        start_time_offset                = var.model_quality.start_time_offset
        end_time_offset                  = var.model_quality.end_time_offset

        dataset_format {
          dynamic "csv" {
            for_each = batch_transform_input.value.format == "csv" ? [batch_transform_input.value] : []

            content {
              header = csv.value.header
            }
          }

          dynamic "json" {
            for_each = batch_transform_input.value.format == "json" ? [batch_transform_input.value] : []

            content {
              line = json.value.line
            }
          }

          dynamic "parquet" {
            for_each = batch_transform_input.value.format == "parquet" ? [batch_transform_input.value] : []

            content {}
          }
        }
      }
    }

    ground_truth_s3_input {
      s3_uri = var.model_quality.ground_truth_s3_uri
    }
  }

  model_quality_job_output_config {
    kms_key_id = var.output_kms_key_id

    monitoring_outputs {
      s3_output {
        s3_uri = local.reports["model-quality"]
      }
    }
  }

  dynamic "model_quality_baseline_config" {
    for_each = var.model_quality.baseline[*]

    content {
      baselining_job_name = model_quality_baseline_config.value.job_name

      dynamic "constraints_resource" {
        for_each = model_quality_baseline_config.value.constraints_s3_uri == null ? [] : [model_quality_baseline_config.value.constraints_s3_uri]

        content {
          s3_uri = constraints_resource.value
        }
      }
    }
  }

  job_resources {
    cluster_config {
      instance_type     = var.job_resources.instance_type
      instance_count    = var.job_resources.instance_count
      volume_size_in_gb = var.job_resources.volume_size_in_gb
      volume_kms_key_id = var.job_resources.volume_kms_key_id
    }
  }

  network_config {
    enable_network_isolation                  = var.network_isolation
    enable_inter_container_traffic_encryption = var.encrypt_inter_container_traffic

    dynamic "vpc_config" {
      for_each = var.vpc[*]

      content {
        security_group_ids = vpc_config.value.security_group_ids
        subnets            = vpc_config.value.subnets
      }
    }
  }

  stopping_condition {
    max_runtime_in_seconds = var.model_quality.max_runtime_in_seconds
  }

  lifecycle {
    # The schedule moves to the new definition, which has a generated name, before the old one is deleted.
    create_before_destroy = true
  }
}

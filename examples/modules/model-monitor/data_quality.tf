resource "sagemaker_data_quality_job_definition" "this" {
  count = var.data_quality == null ? 0 : 1

  role_arn = var.role_arn
  tags     = var.tags

  data_quality_app_specification {
    image_uri                           = local.images["data-quality"]
    environment                         = var.data_quality.environment
    record_preprocessor_source_uri      = var.data_quality.record_preprocessor_source_uri
    post_analytics_processor_source_uri = var.data_quality.post_analytics_processor_source_uri
  }

  data_quality_job_input {
    dynamic "endpoint_input" {
      for_each = var.input.batch_transform == null ? [var.input] : []

      content {
        endpoint_name              = endpoint_input.value.endpoint_name
        exclude_features_attribute = var.data_quality.exclude_features_attribute
      }
    }

    dynamic "batch_transform_input" {
      for_each = var.input.batch_transform[*]

      content {
        data_captured_destination_s3_uri = batch_transform_input.value.data_captured_destination_s3_uri
        exclude_features_attribute       = var.data_quality.exclude_features_attribute

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
  }

  data_quality_job_output_config {
    kms_key_id = var.output_kms_key_id

    monitoring_outputs {
      s3_output {
        s3_uri = local.reports["data-quality"]
      }
    }
  }

  dynamic "data_quality_baseline_config" {
    for_each = var.data_quality.baseline[*]

    content {
      baselining_job_name = data_quality_baseline_config.value.job_name

      dynamic "constraints_resource" {
        for_each = data_quality_baseline_config.value.constraints_s3_uri == null ? [] : [data_quality_baseline_config.value.constraints_s3_uri]

        content {
          s3_uri = constraints_resource.value
        }
      }

      dynamic "statistics_resource" {
        for_each = data_quality_baseline_config.value.statistics_s3_uri == null ? [] : [data_quality_baseline_config.value.statistics_s3_uri]

        content {
          s3_uri = statistics_resource.value
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
    max_runtime_in_seconds = var.data_quality.max_runtime_in_seconds
  }

  lifecycle {
    # The schedule moves to the new definition, which has a generated name, before the old one is deleted.
    create_before_destroy = true
  }
}

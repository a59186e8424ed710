resource "sagemaker_data_quality_job_definition" "test" {
  name     = var.name
  role_arn = "arn:aws:iam::123456789012:role/monitoring"

  data_quality_app_specification {
    image_uri = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/sagemaker-model-monitor-analyzer:latest"
  }

  data_quality_job_input {
    batch_transform_input {
      data_captured_destination_s3_uri = "s3://example-captured/"

      dataset_format {
        csv {
          header = true
        }
      }
    }
  }

  data_quality_job_output_config {
    monitoring_outputs {
      s3_output {
        s3_uri = "s3://example-reports/quality/"
      }
    }
  }

  job_resources {
    cluster_config {
      instance_count    = 1
      instance_type     = "ml.m5.xlarge"
      volume_size_in_gb = 20
    }
  }
}

resource "sagemaker_monitoring_schedule" "test" {
  name = var.name

  monitoring_schedule_config {
    monitoring_job_definition_name = sagemaker_data_quality_job_definition.test.name
    monitoring_type                = "DataQuality"

    schedule_config {
      schedule_expression = "cron(0 * ? * * *)"
    }
  }

  tags = { step = "first" }
}

resource "sagemaker_monitoring_alert" "test" {
  monitoring_schedule_name = sagemaker_monitoring_schedule.test.name
  monitoring_alert_name    = var.name
  datapoints_to_alert      = 2
  evaluation_period        = 5
}

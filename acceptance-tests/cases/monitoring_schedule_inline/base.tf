resource "sagemaker_monitoring_schedule" "test" {
  monitoring_schedule_config {
    monitoring_type = "DataQuality"

    schedule_config {
      schedule_expression      = "NOW"
      data_analysis_start_time = "-PT5H"
      data_analysis_end_time   = "-PT0H"
    }

    monitoring_job_definition {
      role_arn    = "arn:aws:iam::123456789012:role/monitoring"
      environment = { LEVEL = "first" }

      monitoring_app_specification {
        image_uri = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/sagemaker-model-monitor-analyzer:latest"
      }

      monitoring_inputs {
        batch_transform_input {
          data_captured_destination_s3_uri = "s3://example-captured/"

          dataset_format {
            json {
              line = true
            }
          }
        }
      }

      monitoring_output_config {
        monitoring_outputs {
          s3_output {
            s3_uri = "s3://example-reports/quality/"
          }
        }
      }

      monitoring_resources {
        cluster_config {
          instance_count    = 1
          instance_type     = "ml.m5.xlarge"
          volume_size_in_gb = 20
        }
      }
    }
  }
}

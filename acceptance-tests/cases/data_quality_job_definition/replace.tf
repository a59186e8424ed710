resource "sagemaker_data_quality_job_definition" "test" {
  name     = "${var.name}-again"
  role_arn = "arn:aws:iam::123456789012:role/monitoring"

  data_quality_app_specification {
    image_uri = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/sagemaker-model-monitor-analyzer:latest"
  }

  data_quality_job_input {
    batch_transform_input {
      data_captured_destination_s3_uri = "s3://example-captured/"

      dataset_format {
        parquet {}
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

  stopping_condition {
    max_runtime_in_seconds = 1800
  }

  network_config {
    enable_network_isolation = true

    vpc_config {
      security_group_ids = ["sg-0123456789abcdef0"]
      subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    }
  }

  data_quality_baseline_config {
    constraints_resource {
      s3_uri = "s3://example-baseline/constraints.json"
    }
  }
}

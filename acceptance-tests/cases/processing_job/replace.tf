resource "sagemaker_processing_job" "test" {
  processing_job_name = "${var.name}-again"
  role_arn            = "arn:aws:iam::123456789012:role/processing"
  environment         = { LEVEL = "debug" }

  app_specification {
    image_uri            = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/prepare:1"
    container_entrypoint = ["python3", "/opt/ml/code/prepare.py"]
  }

  processing_inputs {
    input_name = "raw"

    s3_input {
      s3_uri       = "s3://example-data/raw/"
      s3_data_type = "S3Prefix"
      local_path   = "/opt/ml/processing/raw"
    }
  }

  processing_output_config {
    outputs {
      output_name = "clean"

      s3_output {
        s3_uri         = "s3://example-data/clean/"
        local_path     = "/opt/ml/processing/clean"
        s3_upload_mode = "EndOfJob"
      }
    }
  }

  processing_resources {
    cluster_config {
      instance_count    = 1
      instance_type     = "ml.m5.xlarge"
      volume_size_in_gb = 30
    }
  }

  wait_for_completion = true
  tags                = { step = "first" }
}

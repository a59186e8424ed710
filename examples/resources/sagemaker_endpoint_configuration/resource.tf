resource "sagemaker_endpoint_configuration" "churn" {
  name_prefix = "churn-"

  production_variants {
    variant_name           = "main"
    model_name             = "churn"
    instance_type          = "ml.m5.xlarge"
    initial_instance_count = 2
  }

  data_capture_config {
    enable_capture              = true
    destination_s3_uri          = "s3://example-monitoring/churn"
    initial_sampling_percentage = 20

    capture_options {
      capture_mode = "InputAndOutput"
    }

    capture_content_type_header {
      csv_content_types = ["text/csv"]
    }
  }

  # The endpoint moves to the new configuration before the old one is deleted.
  lifecycle {
    create_before_destroy = true
  }
}

resource "sagemaker_endpoint_configuration" "serverless" {
  name_prefix = "churn-serverless-"

  production_variants {
    variant_name = "main"
    model_name   = "churn"

    serverless_config {
      memory_size_in_mb = 2048
      max_concurrency   = 20
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

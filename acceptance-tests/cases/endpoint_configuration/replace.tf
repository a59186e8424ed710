resource "sagemaker_model" "test" {
  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/model"

  primary_container {
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1"
  }
}

resource "sagemaker_endpoint_configuration" "test" {
  name        = var.name
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"

  production_variants {
    variant_name                                      = "main"
    model_name                                        = sagemaker_model.test.name
    instance_type                                     = "ml.g4dn.xlarge"
    initial_instance_count                            = 2
    initial_variant_weight                            = 0.9
    container_startup_health_check_timeout_in_seconds = 600
    model_data_download_timeout_in_seconds            = 900

    routing_config {
      routing_strategy = "LEAST_OUTSTANDING_REQUESTS"
    }
  }

  production_variants {
    variant_name           = "candidate"
    model_name             = sagemaker_model.test.name
    instance_type          = "ml.m5.xlarge"
    initial_instance_count = 1
    initial_variant_weight = 0.1
    volume_size_in_gb      = 64
  }

  data_capture_config {
    enable_capture              = true
    destination_s3_uri          = "s3://capture-of-tests/requests"
    initial_sampling_percentage = 20

    capture_options {
      capture_mode = "Input"
    }

    capture_options {
      capture_mode = "Output"
    }

    capture_content_type_header {
      json_content_types = ["application/json", "application/jsonlines"]
    }
  }

  tags = { step = "third" }
}

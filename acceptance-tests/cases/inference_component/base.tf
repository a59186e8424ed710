resource "sagemaker_model" "test" {
  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/model"

  primary_container {
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1"
  }
}

resource "sagemaker_endpoint_configuration" "test" {
  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/model"

  production_variants {
    variant_name           = "main"
    instance_type          = "ml.m5.large"
    initial_instance_count = 1

    managed_instance_scaling {
      status             = "ENABLED"
      min_instance_count = 1
      max_instance_count = 4
    }
  }
}

resource "sagemaker_endpoint" "test" {
  name                 = var.name
  endpoint_config_name = sagemaker_endpoint_configuration.test.name
}

resource "sagemaker_inference_component" "test" {
  inference_component_name = var.name
  endpoint_name            = sagemaker_endpoint.test.name
  variant_name             = "main"

  specification {
    container {
      image        = "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1"
      artifact_url = "s3://example-models/churn.tar.gz"
    }

    compute_resource_requirements {
      number_of_cpu_cores_required = 1
      min_memory_required_in_mb    = 1024
    }
  }

  runtime_config {
    copy_count = 1
  }

  tags = { step = "first" }
}

resource "sagemaker_model" "test" {
  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/model"

  primary_container {
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1"
  }
}

resource "sagemaker_endpoint_configuration" "test" {
  name = var.name

  production_variants {
    variant_name           = "main"
    model_name             = sagemaker_model.test.name
    instance_type          = "ml.m5.large"
    initial_instance_count = 1
  }
}

resource "sagemaker_endpoint" "test" {
  name                 = var.name
  endpoint_config_name = sagemaker_endpoint_configuration.test.name
}

resource "sagemaker_inference_experiment" "test" {
  name          = var.name
  type          = "ShadowMode"
  role_arn      = "arn:aws:iam::123456789012:role/experiment"
  endpoint_name = sagemaker_endpoint.test.name
  description   = "Is the next one better?"

  model_variants {
    model_name   = sagemaker_model.test.name
    variant_name = "main"

    infrastructure_config {
      infrastructure_type = "RealTimeInference"

      real_time_inference_config {
        instance_type  = "ml.m5.large"
        instance_count = 1
      }
    }
  }

  model_variants {
    model_name   = sagemaker_model.test.name
    variant_name = "next"

    infrastructure_config {
      infrastructure_type = "RealTimeInference"

      real_time_inference_config {
        instance_type  = "ml.m5.large"
        instance_count = 1
      }
    }
  }

  shadow_mode_config {
    source_model_variant_name = "main"

    shadow_model_variants {
      shadow_model_variant_name = "next"
      sampling_percentage       = 20
    }
  }

  tags = { step = "first" }
}

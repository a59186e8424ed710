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

resource "sagemaker_inference_router" "test" {
  inference_router_name = "${var.name}-again"

  routing_targets {
    name = "churn"

    destinations {
      resource_arn = sagemaker_endpoint.test.arn
    }

    destinations {
      resource_arn = "arn:aws:sagemaker:eu-central-1:123456789012:endpoint/churn"
    }
  }

  tags = { step = "first" }
}

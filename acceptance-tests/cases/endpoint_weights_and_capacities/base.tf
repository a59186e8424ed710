resource "sagemaker_model" "test" {
  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/test"

  primary_container {
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1"
  }
}

resource "sagemaker_endpoint_configuration" "test" {
  name = var.name

  production_variants {
    variant_name           = "old"
    model_name             = sagemaker_model.test.name
    instance_type          = "ml.m5.large"
    initial_instance_count = 1
    initial_variant_weight = 1
  }

  production_variants {
    variant_name           = "new"
    model_name             = sagemaker_model.test.name
    instance_type          = "ml.m5.large"
    initial_instance_count = 1
    initial_variant_weight = 0
  }
}

resource "sagemaker_endpoint" "test" {
  name                 = var.name
  endpoint_config_name = sagemaker_endpoint_configuration.test.name
}

resource "sagemaker_endpoint_weights_and_capacities" "test" {
  endpoint_name = sagemaker_endpoint.test.name

  variant {
    variant_name   = "old"
    desired_weight = 0.9
  }

  variant {
    variant_name   = "new"
    desired_weight = 0.1
  }
}

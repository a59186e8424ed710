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

resource "sagemaker_endpoint_policy" "test" {
  endpoint_name = sagemaker_endpoint.test.name

  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Router"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::210987654321:root" }
      Action    = "sagemaker:InvokeEndpoint"
      Resource  = sagemaker_endpoint.test.arn
    }]
  })
}

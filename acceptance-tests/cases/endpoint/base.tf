resource "sagemaker_model" "test" {
  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/model"

  primary_container {
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1"
  }
}

resource "sagemaker_endpoint_configuration" "test" {
  for_each = { a = "ml.m5.large", b = "ml.m5.xlarge" }
  name     = "${var.name}-${each.key}"

  production_variants {
    variant_name           = "main"
    model_name             = sagemaker_model.test.name
    instance_type          = each.value
    initial_instance_count = 2
  }
}

resource "sagemaker_endpoint" "test" {
  name                 = var.name
  endpoint_config_name = sagemaker_endpoint_configuration.test["a"].name
  tags                 = { step = "first" }
}

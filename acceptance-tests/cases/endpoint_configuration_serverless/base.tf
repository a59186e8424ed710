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
    variant_name = "main"
    model_name   = sagemaker_model.test.name

    serverless_config {
      max_concurrency   = 10
      memory_size_in_mb = 2048
    }
  }
}

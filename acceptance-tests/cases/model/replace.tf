resource "sagemaker_model" "test" {
  name                     = var.name
  execution_role_arn       = "arn:aws:iam::123456789012:role/model"
  enable_network_isolation = true

  container {
    container_hostname = "features"
    image              = "123456789012.dkr.ecr.us-east-1.amazonaws.com/features:2"
  }

  container {
    container_hostname = "model"
    image              = "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:2"
    environment        = { LOG_LEVEL = "debug" }

    model_data_source {
      s3_data_source {
        s3_uri           = "s3://models-of-tests/2/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
      }
    }
  }

  inference_execution_config {
    mode = "Direct"
  }

  vpc_config {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnets            = ["subnet-0fedcba9876543210", "subnet-0123456789abcdef0"]
  }

  tags = {
    stage = "production"
    owner = "somebody"
  }
}

resource "sagemaker_model" "test" {
  name               = var.name
  execution_role_arn = "arn:aws:iam::123456789012:role/model"

  primary_container {
    image          = "123456789012.dkr.ecr.us-east-1.amazonaws.com/test:1"
    model_data_url = "s3://models-of-tests/1/model.tar.gz"

    environment = {
      LOG_LEVEL = "info"
      EMPTY     = ""
    }
  }

  tags = {
    stage = "production"
    owner = "somebody"
  }
}

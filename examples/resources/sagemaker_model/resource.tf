resource "sagemaker_model" "churn" {
  name_prefix        = "churn-"
  execution_role_arn = "arn:aws:iam::123456789012:role/sagemaker-hosting"

  primary_container {
    image          = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1"
    model_data_url = "s3://example-models/churn/model.tar.gz"
  }

  vpc_config {
    security_group_ids = ["sg-0f9d2a6c1b7e4d538"]
    subnets            = ["subnet-0a1b2c3d4e5f60718", "subnet-18f7e6d5c4b3a2910"]
  }

  lifecycle {
    create_before_destroy = true
  }
}

# Artifacts that are not compressed, as large language models come.
resource "sagemaker_model" "language" {
  name               = "language"
  execution_role_arn = "arn:aws:iam::123456789012:role/sagemaker-hosting"

  primary_container {
    image = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.30.0-lmi12.0.0-cu124"

    model_data_source {
      s3_data_source {
        s3_uri           = "s3://example-models/language/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
      }
    }

    environment = {
      OPTION_ROLLING_BATCH = "vllm"
    }
  }
}

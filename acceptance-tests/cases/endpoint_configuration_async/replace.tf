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
    instance_type          = "ml.c5.xlarge"
    initial_instance_count = 1
  }

  async_inference_config {
    client_config {
      max_concurrent_invocations_per_instance = 8
    }

    output_config {
      s3_output_path  = "s3://results-of-tests/results"
      s3_failure_path = "s3://results-of-tests/errors"

      notification_config {
        error_topic                   = "arn:aws:sns:us-east-1:123456789012:failed"
        success_topic                 = "arn:aws:sns:us-east-1:123456789012:done"
        include_inference_response_in = ["SUCCESS_NOTIFICATION_TOPIC", "ERROR_NOTIFICATION_TOPIC"]
      }
    }
  }
}

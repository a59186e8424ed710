# Runs the module against a local SageMaker; docs/guides/offline-tests.md says how. The address comes from AWS_ENDPOINT_URL.

provider "sagemaker" {
  region     = "us-east-1"
  access_key = "test"
  secret_key = "test"
}

variables {
  name               = "churn"
  execution_role_arn = "arn:aws:iam::123456789012:role/churn-model"
  image              = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1"
  model_data_url     = "s3://churn-models/1/model.tar.gz"
  instance_type      = "ml.m5.large"
}

run "deploys_an_endpoint" {
  assert {
    condition     = sagemaker_endpoint.this.endpoint_status == "InService"
    error_message = "The endpoint is ${sagemaker_endpoint.this.endpoint_status}."
  }

  assert {
    condition     = output.endpoint_arn == "arn:aws:sagemaker:us-east-1:123456789012:endpoint/churn"
    error_message = "The endpoint is ${output.endpoint_arn}."
  }
}

run "moves_to_another_instance_type_without_a_new_endpoint" {
  variables {
    instance_type = "ml.m5.xlarge"
  }

  assert {
    condition     = output.endpoint_configuration_name != run.deploys_an_endpoint.endpoint_configuration_name
    error_message = "The endpoint still runs on the old configuration."
  }

  assert {
    condition     = sagemaker_endpoint.this.creation_time == run.deploys_an_endpoint.endpoint_creation_time
    error_message = "The endpoint was replaced."
  }
}

run "wants_either_an_image_or_a_package" {
  command = plan

  variables {
    image = null
  }

  expect_failures = [sagemaker_model.this]
}

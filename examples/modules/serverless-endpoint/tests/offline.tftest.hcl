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
}

run "deploys_an_endpoint" {
  assert {
    condition     = sagemaker_endpoint.this.endpoint_status == "InService"
    error_message = "The endpoint is ${sagemaker_endpoint.this.endpoint_status}."
  }

  assert {
    condition     = sagemaker_endpoint.this.production_variants[0].current_serverless_config[0].max_concurrency == 5
    error_message = "The endpoint has another concurrency."
  }

  assert {
    condition     = output.autoscaling.resource_id == "endpoint/churn/variant/AllTraffic"
    error_message = "The scalable resource is ${output.autoscaling.resource_id}."
  }
}

run "gets_more_memory_without_a_new_endpoint" {
  variables {
    memory_size_in_mb       = 4096
    provisioned_concurrency = 2
  }

  assert {
    condition     = output.endpoint_configuration_name != run.deploys_an_endpoint.endpoint_configuration_name
    error_message = "The endpoint still runs on the old configuration."
  }

  assert {
    condition     = sagemaker_endpoint.this.production_variants[0].current_serverless_config[0].memory_size_in_mb == 4096
    error_message = "The endpoint still has the old memory."
  }

  assert {
    condition     = output.model_name == run.deploys_an_endpoint.model_name
    error_message = "The model was replaced."
  }

  assert {
    condition     = output.endpoint_creation_time == run.deploys_an_endpoint.endpoint_creation_time
    error_message = "The endpoint was replaced."
  }
}

run "refuses_memory_that_the_service_does_not_offer" {
  command = plan

  variables {
    memory_size_in_mb = 1500
  }

  expect_failures = [var.memory_size_in_mb]
}

run "refuses_more_warm_capacity_than_concurrency" {
  command = plan

  variables {
    provisioned_concurrency = 10
  }

  expect_failures = [sagemaker_endpoint_configuration.this]
}

run "needs_either_an_image_or_a_package" {
  command = plan

  variables {
    model_package_arn = "arn:aws:sagemaker:us-east-1:123456789012:model-package/churn/1"
  }

  expect_failures = [sagemaker_model.this]
}

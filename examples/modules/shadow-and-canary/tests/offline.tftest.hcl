# Runs the module against a local SageMaker; docs/guides/offline-tests.md says how. The address comes from AWS_ENDPOINT_URL.

provider "sagemaker" {
  region     = "us-east-1"
  access_key = "test"
  secret_key = "test"
}

variables {
  name               = "churn"
  execution_role_arn = "arn:aws:iam::123456789012:role/churn-model"
  production_version = "1.4.0"
  data_capture       = { destination_s3_uri = "s3://churn-capture/requests" }

  versions = {
    "1.4.0" = { image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1.4.0" }
    "1.5.0" = { image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1.5.0" }
  }
}

run "deploys_a_version" {
  assert {
    condition     = sagemaker_endpoint.this.endpoint_status == "InService"
    error_message = "The endpoint is ${sagemaker_endpoint.this.endpoint_status}."
  }

  assert {
    condition     = length(sagemaker_endpoint.this.shadow_production_variants) == 0 && output.shadow_variant_name == null
    error_message = "There is a shadow."
  }
}

run "adds_a_shadow_to_the_running_endpoint" {
  variables {
    shadow_version        = "1.5.0"
    shadow_percent        = 50
    shadow_instance_count = 1
  }

  assert {
    condition     = sagemaker_endpoint.this.shadow_production_variants[0].current_weight == 0.5
    error_message = "The shadow receives another share of the requests."
  }

  assert {
    condition     = sagemaker_endpoint_configuration.this.shadow_production_variants[0].model_name == output.model_names["1.5.0"]
    error_message = "The shadow is another version."
  }

  assert {
    condition     = output.captured_data_s3_uris["shadow"] == "s3://churn-capture/requests/churn/shadow"
    error_message = "The responses of the shadow are not captured."
  }

  assert {
    condition     = output.endpoint_creation_time == run.deploys_a_version.endpoint_creation_time
    error_message = "The endpoint was replaced."
  }
}

run "promotes_the_shadow_by_a_canary" {
  variables {
    production_version = "1.5.0"
    rollback_alarms    = ["churn-5xx"]
  }

  assert {
    condition     = sagemaker_endpoint_configuration.this.production_variants[0].model_name == run.deploys_a_version.model_names["1.5.0"]
    error_message = "Production serves another model than the shadow did."
  }

  assert {
    condition     = sagemaker_endpoint.this.production_variants[0].variant_name == "production" && length(sagemaker_endpoint.this.shadow_production_variants) == 0
    error_message = "The endpoint has other variants."
  }

  assert {
    condition     = output.model_names == run.deploys_a_version.model_names
    error_message = "A model was replaced."
  }

  assert {
    condition     = output.endpoint_creation_time == run.deploys_a_version.endpoint_creation_time
    error_message = "The endpoint was replaced."
  }
}

run "refuses_a_shadow_of_an_unknown_version" {
  command = plan

  variables {
    shadow_version = "1.6.0"
  }

  expect_failures = [sagemaker_endpoint_configuration.this]
}

run "refuses_a_shadow_of_the_version_in_production" {
  command = plan

  variables {
    shadow_version = "1.4.0"
  }

  expect_failures = [sagemaker_endpoint_configuration.this]
}

run "refuses_a_canary_of_most_of_the_capacity" {
  command = plan

  variables {
    canary_percent = 80
  }

  expect_failures = [var.canary_percent]
}

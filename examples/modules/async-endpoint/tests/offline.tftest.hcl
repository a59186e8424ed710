# Runs the module against a local SageMaker; docs/guides/offline-tests.md says how. The address comes from AWS_ENDPOINT_URL.

provider "sagemaker" {
  region     = "us-east-1"
  access_key = "test"
  secret_key = "test"
}

variables {
  name                  = "transcripts"
  execution_role_arn    = "arn:aws:iam::123456789012:role/transcripts"
  image                 = "123456789012.dkr.ecr.us-east-1.amazonaws.com/transcripts:1"
  instance_type         = "ml.g5.xlarge"
  s3_output_path        = "s3://transcripts/done"
  s3_failure_path       = "s3://transcripts/failed"
  sns_success_topic_arn = "arn:aws:sns:us-east-1:123456789012:done"
  sns_error_topic_arn   = "arn:aws:sns:us-east-1:123456789012:failed"
  notify_with_response  = true
}

run "deploys_an_endpoint" {
  assert {
    condition     = sagemaker_endpoint.this.endpoint_status == "InService"
    error_message = "The endpoint is ${sagemaker_endpoint.this.endpoint_status}."
  }

  assert {
    condition     = sagemaker_endpoint.this.async_inference_config[0].output_config[0].notification_config[0].error_topic == var.sns_error_topic_arn
    error_message = "Failures are not reported to the topic."
  }

  assert {
    condition     = length(sagemaker_endpoint.this.async_inference_config[0].output_config[0].notification_config[0].include_inference_response_in) == 2
    error_message = "The notifications do not contain the response."
  }

  assert {
    condition     = output.autoscaling.resource_id == "endpoint/transcripts/variant/AllTraffic"
    error_message = "The scalable resource is ${output.autoscaling.resource_id}."
  }
}

run "gets_other_instances_and_outputs_without_a_new_endpoint" {
  variables {
    instance_type                           = "ml.g5.2xlarge"
    max_concurrent_invocations_per_instance = 8
    s3_output_path                          = "s3://transcripts/finished"
    sns_success_topic_arn                   = null
    rollback_alarms                         = ["transcripts-errors"]
  }

  assert {
    condition     = output.endpoint_configuration_name != run.deploys_an_endpoint.endpoint_configuration_name
    error_message = "The endpoint still runs on the old configuration."
  }

  assert {
    condition     = output.s3_output_path == "s3://transcripts/finished"
    error_message = "Responses are still stored under ${output.s3_output_path}."
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

run "refuses_an_output_outside_of_s3" {
  command = plan

  variables {
    s3_output_path = "/transcripts"
  }

  expect_failures = [var.s3_output_path]
}

run "refuses_a_topic_by_name" {
  command = plan

  variables {
    sns_error_topic_arn = "failed"
  }

  expect_failures = [var.sns_error_topic_arn]
}

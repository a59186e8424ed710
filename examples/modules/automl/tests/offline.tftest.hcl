# Runs the module against a local SageMaker; docs/guides/offline-tests.md says how. The address comes from AWS_ENDPOINT_URL.

provider "sagemaker" {
  region     = "us-east-1"
  access_key = "test"
  secret_key = "test"
}

variables {
  name                  = "churn"
  role_arn              = "arn:aws:iam::123456789012:role/autopilot"
  target_attribute_name = "left"
  problem_type          = "BinaryClassification"
  objective_metric      = "F1"
  mode                  = "HYPERPARAMETER_TUNING"
  output_s3_uri         = "s3://example-models/automl"
  inputs                = [{ s3_uri = "s3://example-data/customers/train/" }]
}

run "deploys_the_best_candidate" {
  assert {
    condition     = output.deployed_candidate == output.candidates[0].name
    error_message = "Candidate ${output.deployed_candidate} is deployed, but ${output.candidates[0].name} is the best."
  }

  assert {
    condition     = output.endpoint_name == "churn"
    error_message = "The endpoint is named ${output.endpoint_name}."
  }
}

run "answers_with_the_requested_keys_without_a_new_job" {
  variables {
    inference_response_keys = ["predicted_label", "probability"]
  }

  assert {
    condition     = output.job_name == run.deploys_the_best_candidate.job_name
    error_message = "The job was replaced."
  }

  assert {
    condition     = output.model_name != run.deploys_the_best_candidate.model_name
    error_message = "The model still answers with what it did."
  }
}

run "can_train_without_a_deployment" {
  variables {
    deployment = null
  }

  assert {
    condition     = output.endpoint_name == null && output.model_name == null
    error_message = "Something is deployed."
  }
}

run "refuses_three_inputs" {
  command = plan

  variables {
    inputs = [{ s3_uri = "s3://a/1/" }, { s3_uri = "s3://a/2/" }, { s3_uri = "s3://a/3/" }]
  }

  expect_failures = [var.inputs]
}

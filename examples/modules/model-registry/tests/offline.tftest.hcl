# Runs the module against a local SageMaker; docs/guides/offline-tests.md says how. The address comes from AWS_ENDPOINT_URL.

provider "sagemaker" {
  region     = "us-east-1"
  access_key = "test"
  secret_key = "test"
}

provider "sagemaker" {
  alias      = "production"
  region     = "us-west-2"
  access_key = "test"
  secret_key = "test"
}

variables {
  name = "churn"
  versions = {
    "1.3.0" = { image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1.3.0", model_data_url = "s3://churn-models/1.3.0/model.tar.gz", approval_status = "Approved" }
    "1.4.0" = { image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1.4.0", model_data_url = "s3://churn-models/1.4.0/model.tar.gz" }
  }
}

run "promotes_an_approved_version" {
  variables {
    promoted = ["1.3.0"]
  }

  assert {
    condition     = keys(output.candidates) == ["1.3.0", "1.4.0"] && keys(output.promoted) == ["1.3.0"]
    error_message = "Candidates: ${join(", ", keys(output.candidates))}; promoted: ${join(", ", keys(output.promoted))}."
  }

  assert {
    condition     = strcontains(output.promoted["1.3.0"], ":us-west-2:")
    error_message = "${output.promoted["1.3.0"]} is in another Region."
  }
}

run "approves_a_candidate_in_place" {
  variables {
    promoted = ["1.3.0", "1.4.0"]
    versions = {
      "1.3.0" = { image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1.3.0", model_data_url = "s3://churn-models/1.3.0/model.tar.gz", approval_status = "Approved" }
      "1.4.0" = { image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1.4.0", model_data_url = "s3://churn-models/1.4.0/model.tar.gz", approval_status = "Approved" }
    }
  }

  assert {
    condition     = output.candidates == run.promotes_an_approved_version.candidates
    error_message = "A candidate was replaced."
  }

  assert {
    condition     = output.promoted["1.3.0"] == run.promotes_an_approved_version.promoted["1.3.0"]
    error_message = "The version that was promoted before was replaced."
  }
}

run "promotes_nothing_that_is_not_approved" {
  command = plan

  variables {
    promoted = ["1.4.0"]
  }

  expect_failures = [sagemaker_model_package.promoted]
}

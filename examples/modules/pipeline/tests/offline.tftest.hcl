# Runs the module against a local SageMaker; docs/guides/offline-tests.md says how. The address comes from AWS_ENDPOINT_URL.

provider "sagemaker" {
  region     = "us-east-1"
  access_key = "test"
  secret_key = "test"
}

variables {
  name            = "churn"
  pipeline_name   = "churn"
  role_arn        = "arn:aws:iam::123456789012:role/pipelines"
  definition      = file("tests/pipeline.json")
  version_aliases = ["production"]
  parameters      = { InputUri = "s3://churn-data/2026-11/" }
  start           = {}
}

run "creates_and_starts_a_pipeline" {
  assert {
    condition     = output.pipeline_arn == "arn:aws:sagemaker:us-east-1:123456789012:pipeline/churn"
    error_message = "The pipeline is ${output.pipeline_arn}."
  }

  assert {
    condition     = output.version_id == 1
    error_message = "The latest version is ${output.version_id}."
  }

  assert {
    condition     = output.parameter_list == [{ name = "InputUri", value = "s3://churn-data/2026-11/" }]
    error_message = "The parameters are ${jsonencode(output.parameter_list)}."
  }

  assert {
    condition     = jsondecode(output.start_policy_json).Statement[0].Resource == output.pipeline_arn
    error_message = "The policy is ${output.start_policy_json}."
  }
}

run "one_execution_has_succeeded" {
  module {
    source = "./tests/executions"
  }

  assert {
    condition     = join(", ", output.states) == "Succeeded"
    error_message = "The executions are: ${join(", ", output.states)}."
  }

  assert {
    condition     = contains(data.sagemaker_pipeline_execution_parameters.latest.pipeline_parameters[*].value, "s3://churn-data/2026-11/")
    error_message = "The parameters are ${jsonencode(data.sagemaker_pipeline_execution_parameters.latest.pipeline_parameters)}."
  }
}

run "is_described_and_tagged_in_place" {
  variables {
    definition  = jsonencode(jsondecode(file("tests/pipeline.json")))
    description = "Trains and registers the churn model."
    tags        = { team = "growth" }
  }

  assert {
    condition     = sagemaker_pipeline.this.creation_time == run.creates_and_starts_a_pipeline.creation_time
    error_message = "The pipeline was replaced."
  }
}

run "that_started_nothing" {
  module {
    source = "./tests/executions"
  }

  assert {
    condition     = length(output.states) == 1
    error_message = "The executions are: ${join(", ", output.states)}."
  }
}

run "another_definition_is_the_next_version" {
  variables {
    definition = replace(file("tests/pipeline.json"), "There are no steps yet.", "There are none.")
  }

  assert {
    condition     = output.version_id > run.creates_and_starts_a_pipeline.version_id
    error_message = "The latest version is ${output.version_id}."
  }
}

run "and_is_started" {
  module {
    source = "./tests/executions"
  }

  assert {
    condition     = length(output.states) == 2
    error_message = "The executions are: ${join(", ", output.states)}."
  }
}

run "starts_nothing_unless_requested" {
  variables {
    start = null
  }
}

run "and_nothing_was_started" {
  module {
    source = "./tests/executions"
  }

  assert {
    condition     = length(output.states) == 2
    error_message = "The executions are: ${join(", ", output.states)}."
  }
}

run "refuses_a_parameter_that_the_definition_does_not_have" {
  command = plan

  variables {
    parameters = { InputUri = "s3://churn-data/2026-11/", Epoch = "20" }
  }

  expect_failures = [var.parameters]
}

run "refuses_to_start_without_a_required_parameter" {
  command = plan

  variables {
    parameters = {}
  }

  expect_failures = [var.start]
}

run "refuses_two_definitions" {
  command = plan

  variables {
    definition_s3_location = { bucket = "churn-pipelines", object_key = "pipeline.json" }
  }

  expect_failures = [var.definition]
}

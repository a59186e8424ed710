# Runs the module against a local SageMaker; docs/guides/offline-tests.md says how. The address comes from AWS_ENDPOINT_URL.

provider "sagemaker" {
  region     = "us-east-1"
  access_key = "test"
  secret_key = "test"
}

variables {
  name          = "churn"
  role_arn      = "arn:aws:iam::123456789012:role/monitoring"
  input         = { endpoint_name = "churn" }
  output_s3_uri = "s3://churn-reports/monitoring/"

  data_quality = {
    baseline = {
      constraints_s3_uri = "s3://churn-baseline/1/constraints.json"
      statistics_s3_uri  = "s3://churn-baseline/1/statistics.json"
    }
  }

  model_explainability = {
    config_uri = "s3://churn-baseline/shap.json"
    alert      = { datapoints_to_alert = 2, evaluation_period = 3 }
  }
}

run "schedules_what_is_switched_on" {
  assert {
    condition     = alltrue([for schedule in sagemaker_monitoring_schedule.this : schedule.monitoring_schedule_status == "Scheduled"])
    error_message = "The schedules are ${join(", ", [for schedule in sagemaker_monitoring_schedule.this : schedule.monitoring_schedule_status])}."
  }

  assert {
    condition     = output.schedule_names == { data-quality = "churn-data-quality", model-explainability = "churn-model-explainability" }
    error_message = "The schedules are ${jsonencode(output.schedule_names)}."
  }

  assert {
    condition     = output.report_s3_uris["data-quality"] == "s3://churn-reports/monitoring/data-quality"
    error_message = "The reports are stored under ${output.report_s3_uris["data-quality"]}."
  }

  assert {
    condition     = sagemaker_monitoring_alert.this["model-explainability"].datapoints_to_alert == 2
    error_message = "The alert has the wrong number of data points."
  }
}

run "moves_a_schedule_to_another_definition_in_place" {
  variables {
    data_quality = {
      baseline = {
        constraints_s3_uri = "s3://churn-baseline/2/constraints.json"
        statistics_s3_uri  = "s3://churn-baseline/2/statistics.json"
      }
    }
  }

  assert {
    condition     = output.job_definition_names["data-quality"] != run.schedules_what_is_switched_on.job_definition_names["data-quality"]
    error_message = "The schedule still runs the old job definition."
  }

  assert {
    condition     = sagemaker_monitoring_schedule.this["data-quality"].monitoring_schedule_config[0].monitoring_job_definition_name == output.job_definition_names["data-quality"]
    error_message = "The schedule does not run the new job definition."
  }

  assert {
    condition     = output.schedule_creation_times == run.schedules_what_is_switched_on.schedule_creation_times
    error_message = "A schedule was replaced."
  }

  assert {
    condition     = output.job_definition_names["model-explainability"] == run.schedules_what_is_switched_on.job_definition_names["model-explainability"]
    error_message = "The definition of the other monitor was replaced."
  }
}

run "another_time_keeps_the_definitions" {
  variables {
    data_quality = {
      schedule_expression    = "cron(0 6 ? * * *)"
      max_runtime_in_seconds = 3600
      alert                  = { datapoints_to_alert = 1, evaluation_period = 7 }
      baseline = {
        constraints_s3_uri = "s3://churn-baseline/2/constraints.json"
        statistics_s3_uri  = "s3://churn-baseline/2/statistics.json"
      }
    }
  }

  assert {
    condition     = output.job_definition_names == run.moves_a_schedule_to_another_definition_in_place.job_definition_names
    error_message = "A job definition was replaced."
  }

  assert {
    condition     = output.schedule_creation_times == run.schedules_what_is_switched_on.schedule_creation_times
    error_message = "A schedule was replaced."
  }

  assert {
    condition     = sagemaker_monitoring_alert.this["data-quality"].evaluation_period == 7
    error_message = "The alert evaluates ${sagemaker_monitoring_alert.this["data-quality"].evaluation_period} executions."
  }
}

run "monitors_all_of_batch_transform_jobs" {
  variables {
    input         = { batch_transform = { data_captured_destination_s3_uri = "s3://churn-capture/", format = "json", line = true } }
    vpc           = { security_group_ids = ["sg-0123456789abcdef0"], subnets = ["subnet-0123456789abcdef0"] }
    images        = { model-quality = "123456789012.dkr.ecr.us-east-1.amazonaws.com/quality:1" }
    model_quality = { problem_type = "Regression", ground_truth_s3_uri = "s3://churn-truth/", inference_attribute = "score" }
    model_bias    = { config_uri = "s3://churn-baseline/bias.json", ground_truth_s3_uri = "s3://churn-truth/", inference_attribute = "score" }
  }

  assert {
    condition     = length(output.schedule_arns) == 4 && length(output.job_definition_arns) == 4
    error_message = "The schedules are ${jsonencode(output.schedule_arns)}."
  }

  assert {
    condition     = sagemaker_model_quality_job_definition.this[0].model_quality_job_input[0].batch_transform_input[0].dataset_format[0].json[0].line
    error_message = "The format is not JSON Lines."
  }

  assert {
    condition     = sagemaker_model_quality_job_definition.this[0].model_quality_app_specification[0].image_uri == "123456789012.dkr.ecr.us-east-1.amazonaws.com/quality:1"
    error_message = "The image is ${sagemaker_model_quality_job_definition.this[0].model_quality_app_specification[0].image_uri}."
  }
}

run "switches_monitors_off" {
  variables {
    model_explainability = null
  }

  assert {
    condition     = keys(output.schedule_names) == ["data-quality"]
    error_message = "The schedules are ${jsonencode(output.schedule_names)}."
  }
}

run "refuses_an_endpoint_beside_batch_transform" {
  command = plan

  variables {
    input = { endpoint_name = "churn", batch_transform = { data_captured_destination_s3_uri = "s3://churn-capture/" } }
  }

  expect_failures = [var.input]
}

run "refuses_what_the_service_cannot_schedule" {
  command = plan

  variables {
    data_quality         = { schedule_expression = "cron(*/5 * * * ? *)" }
    model_bias           = { config_uri = "s3://churn-baseline/bias.json", ground_truth_s3_uri = "s3://churn-truth/", max_runtime_in_seconds = 3600 }
    model_explainability = { config_uri = "s3://churn-baseline/shap.json", alert = { datapoints_to_alert = 2, evaluation_period = 1 } }
  }

  expect_failures = [var.data_quality, var.model_bias, var.model_explainability]
}

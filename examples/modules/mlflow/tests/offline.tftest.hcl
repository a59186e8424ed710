# Runs the module against a local SageMaker; docs/guides/offline-tests.md says how. The address comes from AWS_ENDPOINT_URL.

provider "sagemaker" {
  region     = "us-east-1"
  access_key = "test"
  secret_key = "test"
}

variables {
  name                            = "experiments"
  role_arn                        = "arn:aws:iam::123456789012:role/mlflow"
  artifact_store_uri              = "s3://example-mlflow/artifacts"
  weekly_maintenance_window_start = "Sun:03:30"
  deletion_protection             = false
}

run "creates_a_serverless_app" {
  assert {
    condition     = sagemaker_mlflow_app.this[0].status == "Created"
    error_message = "The app is ${sagemaker_mlflow_app.this[0].status}."
  }

  assert {
    condition     = output.tracking_uri == output.app_arn && output.tracking_server_name == null
    error_message = "The tracking URI is ${output.tracking_uri}."
  }
}

run "changes_the_app_in_place" {
  variables {
    name                            = "trials"
    artifact_store_uri              = "s3://example-mlflow/other-artifacts"
    automatic_model_registration    = true
    weekly_maintenance_window_start = "Mon:22:00"
    app                             = { account_default = true, default_domain_ids = ["d-abcdefghijkl"] }
  }

  assert {
    condition     = output.arn == run.creates_a_serverless_app.arn && output.creation_time == run.creates_a_serverless_app.creation_time
    error_message = "The app was replaced."
  }

  assert {
    condition     = sagemaker_mlflow_app.this[0].model_registration_mode == "AutoModelRegistrationEnabled"
    error_message = "The mode is ${sagemaker_mlflow_app.this[0].model_registration_mode}."
  }
}

run "creates_a_tracking_server" {
  variables {
    tracking_server = { size = "Medium", mlflow_version = "3.0", s3_bucket_owner_account_id = "123456789012" }
  }

  assert {
    condition     = sagemaker_mlflow_tracking_server.this[0].is_active == "Active"
    error_message = "The server is ${sagemaker_mlflow_tracking_server.this[0].tracking_server_status}."
  }

  assert {
    condition     = length(sagemaker_mlflow_app.this) == 0 && output.tracking_uri == "arn:aws:sagemaker:us-east-1:123456789012:mlflow-tracking-server/experiments"
    error_message = "The tracking URI is ${output.tracking_uri}."
  }
}

run "resizes_the_server_in_place" {
  variables {
    tracking_server                 = { size = "Large", mlflow_version = "3.0", s3_bucket_owner_account_id = "123456789012" }
    automatic_model_registration    = true
    weekly_maintenance_window_start = "Sat:00:00"
  }

  assert {
    condition     = sagemaker_mlflow_tracking_server.this[0].tracking_server_size == "Large"
    error_message = "The size is ${sagemaker_mlflow_tracking_server.this[0].tracking_server_size}."
  }

  assert {
    condition     = output.creation_time == run.creates_a_tracking_server.creation_time
    error_message = "The server was replaced."
  }
}

run "refuses_a_server_beside_an_app" {
  command = plan

  variables {
    tracking_server = {}
    app             = { account_default = true }
  }

  expect_failures = [sagemaker_mlflow_tracking_server.this]
}

run "refuses_sizes_and_windows_that_do_not_exist" {
  command = plan

  variables {
    tracking_server                 = { size = "XLarge" }
    weekly_maintenance_window_start = "Sunday:3:30"
  }

  expect_failures = [var.tracking_server, var.weekly_maintenance_window_start]
}

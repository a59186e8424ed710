# Runs the module against a local SageMaker; docs/guides/offline-tests.md says how. The address comes from AWS_ENDPOINT_URL.

provider "sagemaker" {
  region     = "us-east-1"
  access_key = "test"
  secret_key = "test"
}

variables {
  domain_name         = "science"
  vpc_id              = "vpc-0123456789abcdef0"
  subnet_ids          = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  security_group_ids  = ["sg-0123456789abcdef0"]
  execution_role_arn  = "arn:aws:iam::123456789012:role/studio"
  kms_key_arn         = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  deletion_protection = false

  lifecycle_scripts = {
    packages = { content = "pip install --quiet polars\n", default = true }
    linters  = { content = "npm install eslint\n", app_type = "CodeEditor" }
  }

  user_profiles = {
    ann = { execution_role_arn = "arn:aws:iam::123456789012:role/studio-ann" }
    ben = {}
  }

  spaces = {
    ann-lab  = { owner = "ann", idle_timeout_in_minutes = 90 }
    ben-code = { owner = "ben", app_type = "CodeEditor", lifecycle_script = "linters" }
    team     = { owner = "ann", sharing_type = "Shared", volume_size_in_gb = 50 }
  }
}

run "creates_a_domain_with_users_and_spaces" {
  assert {
    condition     = sagemaker_domain.this.app_network_access_type == "VpcOnly" && sagemaker_domain.this.status == "InService"
    error_message = "The domain is ${sagemaker_domain.this.status}."
  }

  assert {
    condition     = sagemaker_domain.this.retention_policy[0].home_efs_file_system == "Retain"
    error_message = "The home directories would be deleted with the domain."
  }

  assert {
    condition     = sagemaker_domain.this.default_user_settings[0].jupyter_lab_app_settings[0].default_resource_spec[0].lifecycle_config_arn == output.lifecycle_config_arns["packages"]
    error_message = "The default script is not that of the domain."
  }

  assert {
    condition     = keys(output.user_profile_arns) == ["ann", "ben"] && length(output.space_arns) == 3
    error_message = "There are other user profiles or spaces."
  }

  assert {
    condition     = sagemaker_space.this["team"].space_sharing_settings[0].sharing_type == "Shared"
    error_message = "The space of the team is not shared."
  }
}

run "changes_settings_a_script_and_users_in_place" {
  variables {
    subnet_ids    = ["subnet-0123456789abcdef0"]
    idle_shutdown = { timeout_in_minutes = 60 }

    lifecycle_scripts = {
      packages = { content = "pip install --quiet polars duckdb\n", default = true }
      linters  = { content = "npm install eslint\n", app_type = "CodeEditor" }
    }

    user_profiles = {
      ann = {}
      ben = {}
      eve = {}
    }
  }

  assert {
    condition     = output.domain_id == run.creates_a_domain_with_users_and_spaces.domain_id
    error_message = "The domain was replaced."
  }

  assert {
    condition     = output.home_efs_file_system_uids["ann"] == run.creates_a_domain_with_users_and_spaces.home_efs_file_system_uids["ann"]
    error_message = "The user profile was replaced."
  }

  assert {
    condition     = sagemaker_user_profile.this["ann"].user_settings[0].execution_role == var.execution_role_arn
    error_message = "The user still has a role of her own."
  }

  assert {
    condition     = output.lifecycle_config_arns["packages"] != run.creates_a_domain_with_users_and_spaces.lifecycle_config_arns["packages"]
    error_message = "The script has the old contents."
  }
}

run "refuses_a_space_without_an_owner" {
  command = plan

  variables {
    spaces = { lab = { owner = "joe" } }
  }

  expect_failures = [sagemaker_space.this]
}

run "refuses_a_short_idle_timeout" {
  command = plan

  variables {
    idle_shutdown = { timeout_in_minutes = 30 }
  }

  expect_failures = [var.idle_shutdown]
}

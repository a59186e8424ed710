# Runs the module against a local SageMaker; docs/guides/offline-tests.md says how. The address comes from AWS_ENDPOINT_URL.

provider "sagemaker" {
  region     = "us-east-1"
  access_key = "test"
  secret_key = "test"
}

variables {
  workforce = {
    name         = "crowd"
    source_cidrs = ["192.0.2.0/24"]

    oidc = {
      client_id              = "sagemaker"
      issuer                 = "https://login.example.com"
      authorization_endpoint = "https://login.example.com/authorize"
      token_endpoint         = "https://login.example.com/token"
      user_info_endpoint     = "https://login.example.com/userinfo"
      logout_endpoint        = "https://login.example.com/logout"
      jwks_uri               = "https://login.example.com/keys"
    }
  }

  oidc_client_secret = "known to the identity provider"

  teams = {
    reviewers = { description = "Reviews texts.", groups = ["reviewers", "experts"], notifications = { topic_arn = "arn:aws:sns:us-east-1:123456789012:all-tasks" } }
  }

  human_task_uis = { review = file("tests/page.html") }

  labeling_jobs = {
    sentiment = {
      team                                = "reviewers"
      role_arn                            = "arn:aws:iam::123456789012:role/labeling"
      label_category_config_s3_uri        = "s3://texts/labels.json"
      pre_human_task_lambda_arn           = "arn:aws:lambda:us-east-1:123456789012:function:prepare"
      annotation_consolidation_lambda_arn = "arn:aws:lambda:us-east-1:123456789012:function:consolidate"
      input                               = { manifest_s3_uri = "s3://texts/2026-11.manifest" }
      output                              = { s3_uri = "s3://texts/labeled/" }
      ui                                  = { template_s3_uri = "s3://texts/page.liquid" }
      task                                = { title = "Sentiment", description = "How does the writer feel?" }
    }
  }
}

run "creates_workforce_team_page_and_job" {
  assert {
    condition     = sagemaker_workforce.this[0].status == "Active"
    error_message = "The workforce is ${sagemaker_workforce.this[0].status}."
  }

  assert {
    condition     = sagemaker_labeling_job.this["sentiment"].human_task_config[0].workteam_arn == output.team_arns["reviewers"]
    error_message = "The job has another team."
  }

  assert {
    condition     = output.oidc_callback_url == "${output.portal_url}/oauth2/idpresponse"
    error_message = "The callback URL is ${output.oidc_callback_url}."
  }
}

run "changes_secret_addresses_and_groups_in_place" {
  variables {
    oidc_client_secret         = "another one"
    oidc_client_secret_version = 2
    teams = {
      reviewers = { description = "Reviews texts.", groups = ["experts"], notifications = { topic_arn = "arn:aws:sns:us-east-1:123456789012:tasks" }, restrict_to_source_ip = true }
      linguists = { description = "Reviews translations.", groups = ["linguists"] }
    }
  }

  assert {
    condition     = output.creation_time == run.creates_workforce_team_page_and_job.creation_time
    error_message = "The workforce was replaced."
  }

  assert {
    condition     = output.labeling_job_arns == run.creates_workforce_team_page_and_job.labeling_job_arns
    error_message = "The job was replaced."
  }

  assert {
    condition     = length(output.team_arns) == 2 && output.team_arns["reviewers"] == run.creates_workforce_team_page_and_job.team_arns["reviewers"]
    error_message = "The teams are ${jsonencode(output.team_arns)}."
  }
}

run "other_settings_are_another_job" {
  variables {
    human_task_uis = { review = "<!-- another page -->" }

    labeling_jobs = {
      sentiment = {
        revision                            = 2
        team                                = "reviewers"
        role_arn                            = "arn:aws:iam::123456789012:role/labeling"
        label_category_config_s3_uri        = "s3://texts/labels.json"
        pre_human_task_lambda_arn           = "arn:aws:lambda:us-east-1:123456789012:function:prepare"
        annotation_consolidation_lambda_arn = "arn:aws:lambda:us-east-1:123456789012:function:consolidate"
        input                               = { manifest_s3_uri = "s3://texts/2026-12.manifest" }
        output                              = { s3_uri = "s3://texts/labeled/", kms_key_id = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555" }
        ui                                  = { template_s3_uri = "s3://texts/page.liquid" }
        task                                = { title = "Sentiment", description = "How does the writer feel?", workers_per_object = 3, keywords = ["texts"] }
        stopping_conditions                 = { max_human_labeled_object_count = 500 }

        automated_labeling = {
          algorithm_specification_arn = "arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/text-classification"
          vpc                         = { security_group_ids = ["sg-0123456789abcdef0"], subnets = ["subnet-0123456789abcdef0"] }
        }
      }
    }
  }

  assert {
    condition     = output.labeling_job_names["sentiment"] != run.changes_secret_addresses_and_groups_in_place.labeling_job_names["sentiment"]
    error_message = "The job is still ${output.labeling_job_names["sentiment"]}."
  }

  assert {
    condition     = output.human_task_ui_arns["review"] != run.changes_secret_addresses_and_groups_in_place.human_task_ui_arns["review"]
    error_message = "The page was not replaced."
  }
}

run "earlier_settings_are_a_third_job" {
  assert {
    condition = length(distinct([
      output.labeling_job_names["sentiment"],
      run.other_settings_are_another_job.labeling_job_names["sentiment"],
      run.creates_workforce_team_page_and_job.labeling_job_names["sentiment"],
    ])) == 3
    error_message = "The job ${output.labeling_job_names["sentiment"]} has run before."
  }
}

run "moves_to_a_user_pool_under_another_name" {
  variables {
    workforce = { name = "workers", cognito = { user_pool_id = "us-east-1_abcdefghi", client_id = "1h57kf5cpq17m0eml12EXAMPLE" } }
  }

  assert {
    condition     = output.labeling_job_names["sentiment"] != run.creates_workforce_team_page_and_job.labeling_job_names["sentiment"]
    error_message = "The job is still ${output.labeling_job_names["sentiment"]}."
  }

  assert {
    condition     = join(", ", sagemaker_workteam.this["reviewers"].member_definition[*].cognito_member_definition[0].user_group) == "experts, reviewers"
    error_message = "The groups are ${jsonencode(sagemaker_workteam.this["reviewers"].member_definition)}."
  }
}

run "refuses_two_identity_providers" {
  command = plan

  variables {
    workforce = {
      name    = "crowd"
      cognito = { user_pool_id = "us-east-1_abcdefghi", client_id = "1h57kf5cpq17m0eml12EXAMPLE" }

      oidc = {
        client_id              = "sagemaker"
        issuer                 = "https://login.example.com"
        authorization_endpoint = "https://login.example.com/authorize"
        token_endpoint         = "https://login.example.com/token"
        user_info_endpoint     = "https://login.example.com/userinfo"
        logout_endpoint        = "https://login.example.com/logout"
        jwks_uri               = "https://login.example.com/keys"
      }
    }
  }

  expect_failures = [var.workforce]
}

run "refuses_jobs_that_the_service_refuses" {
  command = plan

  variables {
    labeling_jobs = {
      sentiment-metadata = {
        team                                = "reviewers"
        role_arn                            = "arn:aws:iam::123456789012:role/labeling"
        annotation_consolidation_lambda_arn = "arn:aws:lambda:us-east-1:123456789012:function:consolidate"
        input                               = { manifest_s3_uri = "s3://texts/2026-11.manifest" }
        output                              = { s3_uri = "s3://texts/labeled/" }
        ui                                  = {}
        task                                = { title = "Sentiment", description = "How does the writer feel?", workers_per_object = 10 }
      }
    }
  }

  expect_failures = [var.labeling_jobs]
}

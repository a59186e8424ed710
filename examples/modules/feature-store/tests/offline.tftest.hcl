# Runs the module against a local SageMaker; docs/guides/offline-tests.md says how. The address comes from AWS_ENDPOINT_URL.

provider "sagemaker" {
  region     = "us-east-1"
  access_key = "test"
  secret_key = "test"
}

variables {
  role_arn             = "arn:aws:iam::123456789012:role/feature-store"
  offline_store_s3_uri = "s3://features"
  deletion_protection  = false

  feature_groups = {
    customers = {
      record_identifier = "customer_id"
      event_time        = "updated_at"
      features          = { customer_id = "String", updated_at = "Fractional", orders = "int" }
      online_store      = { ttl = { unit = "Days", value = 90 } }
      offline_store     = {}
    }
    sessions = {
      record_identifier = "session_id"
      event_time        = "started_at"
      features          = { session_id = "String", started_at = "String" }
      online_store      = { storage_type = "InMemory" }
    }
  }
}

run "creates_feature_groups" {
  assert {
    condition     = alltrue([for group in sagemaker_feature_group.this : group.feature_group_status == "Created"])
    error_message = "A feature group was not created."
  }

  assert {
    condition     = length(sagemaker_feature_group.this["customers"].feature_definition) == 3
    error_message = "The group has other features."
  }

  assert {
    condition     = keys(output.offline_store_s3_uris) == ["customers"] && keys(output.glue_tables) == ["customers"]
    error_message = "Other groups have an offline store."
  }
}

run "adds_features_and_changes_the_ttl_in_place" {
  variables {
    feature_groups = {
      customers = {
        record_identifier    = "customer_id"
        event_time           = "updated_at"
        features             = { customer_id = "String", updated_at = "Fractional", orders = "int", revenue = "float" }
        feature_descriptions = { revenue = "Revenue of the last year, in euros" }
        online_store         = { ttl = { unit = "Days", value = 30 } }
        offline_store        = {}
      }
      sessions = {
        record_identifier = "session_id"
        event_time        = "started_at"
        features          = { session_id = "String", started_at = "String" }
        collections       = { pages = { type = "String", collection_type = "List" } }
        online_store      = { storage_type = "InMemory" }
      }
    }
  }

  assert {
    condition     = length(sagemaker_feature_group.this["customers"].feature_definition) == 4
    error_message = "The group has no further feature."
  }

  assert {
    condition     = sagemaker_feature_group.this["customers"].online_store_config[0].ttl_duration[0].value == 30
    error_message = "Records live as long as before."
  }

  assert {
    condition     = sagemaker_feature_metadata.this["customers/revenue"].description == "Revenue of the last year, in euros"
    error_message = "The feature is not described."
  }

  assert {
    condition     = output.creation_times == run.creates_feature_groups.creation_times
    error_message = "A feature group was replaced."
  }
}

run "refuses_an_unknown_type" {
  command = plan

  variables {
    feature_groups = {
      customers = {
        record_identifier = "customer_id"
        event_time        = "updated_at"
        features          = { customer_id = "text", updated_at = "Fractional" }
        online_store      = {}
      }
    }
  }

  expect_failures = [var.feature_groups]
}

run "refuses_an_event_time_that_is_no_feature" {
  command = plan

  variables {
    feature_groups = {
      customers = {
        record_identifier = "customer_id"
        event_time        = "time"
        features          = { customer_id = "String", updated_at = "Fractional" }
        online_store      = {}
      }
    }
  }

  expect_failures = [sagemaker_feature_group.this]
}

run "refuses_a_group_without_a_store" {
  command = plan

  variables {
    feature_groups = {
      customers = {
        record_identifier = "customer_id"
        event_time        = "updated_at"
        features          = { customer_id = "String", updated_at = "Fractional" }
      }
    }
  }

  expect_failures = [var.feature_groups]
}

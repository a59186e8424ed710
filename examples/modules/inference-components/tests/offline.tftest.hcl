# Runs the module against a local SageMaker; docs/guides/offline-tests.md says how. The address comes from AWS_ENDPOINT_URL.

provider "sagemaker" {
  region     = "us-east-1"
  access_key = "test"
  secret_key = "test"
}

variables {
  name               = "language"
  execution_role_arn = "arn:aws:iam::123456789012:role/language"
  instance_type      = "ml.g5.12xlarge"

  # Terraform's test runner fails on an ephemeral variable that is left to its default.
  secret_environments = {}

  components = {
    summaries = {
      image            = "123456789012.dkr.ecr.us-east-1.amazonaws.com/vllm:1"
      model_data_url   = "s3://language-models/summaries/1/model.tar.gz"
      copies           = 1
      accelerators     = 1
      min_memory_in_mb = 16384
    }
    embeddings = {
      image            = "123456789012.dkr.ecr.us-east-1.amazonaws.com/embeddings:1"
      copies           = 2
      cpu_cores        = 2
      min_memory_in_mb = 4096
    }
  }
}

run "deploys_components" {
  variables {
    secret_environments         = { summaries = { HF_TOKEN = "secret" } }
    secret_environment_versions = { summaries = 1 }
  }

  assert {
    condition     = sagemaker_endpoint.this.production_variants[0].managed_instance_scaling[0].min_instance_count == 0
    error_message = "The endpoint is not scaled to zero."
  }

  assert {
    condition     = alltrue([for component in sagemaker_inference_component.this : component.inference_component_status == "InService"])
    error_message = "A component is not in service."
  }

  assert {
    condition     = output.autoscaling["summaries"].resource_id == "inference-component/language-summaries"
    error_message = "The scalable resource is ${output.autoscaling["summaries"].resource_id}."
  }
}

run "changes_and_adds_components_in_place" {
  variables {
    secret_environment_versions = { summaries = 1 }

    components = {
      summaries = {
        image            = "123456789012.dkr.ecr.us-east-1.amazonaws.com/vllm:2"
        model_data_url   = "s3://language-models/summaries/2/model.tar.gz"
        copies           = 2
        accelerators     = 1
        min_memory_in_mb = 16384
      }
      embeddings = {
        image            = "123456789012.dkr.ecr.us-east-1.amazonaws.com/embeddings:1"
        copies           = null
        cpu_cores        = 2
        min_memory_in_mb = 4096
      }
    }

    adapters = {
      legal = { component = "summaries", artifact_url = "s3://language-models/legal/1/adapter.tar.gz" }
    }
  }

  assert {
    condition     = sagemaker_inference_component.this["summaries"].runtime_config[0].copy_count == 2
    error_message = "The component has the old number of copies."
  }

  assert {
    condition     = output.creation_times == run.deploys_components.creation_times
    error_message = "A component was replaced."
  }

  assert {
    condition     = output.component_names["legal"] == "language-legal"
    error_message = "There is no adapter."
  }

  assert {
    condition     = output.endpoint_creation_time == run.deploys_components.endpoint_creation_time
    error_message = "The endpoint was replaced."
  }
}

run "gets_more_instances_without_a_new_endpoint" {
  variables {
    max_instance_count = 4
  }

  assert {
    condition     = sagemaker_endpoint.this.production_variants[0].managed_instance_scaling[0].max_instance_count == 4
    error_message = "The endpoint has the old limit."
  }

  assert {
    condition     = output.endpoint_creation_time == run.deploys_components.endpoint_creation_time
    error_message = "The endpoint was replaced."
  }
}

run "refuses_an_adapter_of_an_unknown_component" {
  command = plan

  variables {
    adapters = { legal = { component = "chat", artifact_url = "s3://language-models/legal/1/adapter.tar.gz" } }
  }

  expect_failures = [sagemaker_inference_component.adapter]
}

run "refuses_a_component_without_a_model" {
  command = plan

  variables {
    components = { chat = { copies = 1, cpu_cores = 1, min_memory_in_mb = 1024 } }
  }

  expect_failures = [var.components]
}

# Runs the module against a local SageMaker; docs/guides/offline-tests.md says how. The address comes from AWS_ENDPOINT_URL.

provider "sagemaker" {
  region     = "us-east-1"
  access_key = "test"
  secret_key = "test"
}

variables {
  name                = "research"
  execution_role_arn  = "arn:aws:iam::123456789012:role/research-nodes"
  lifecycle_scripts   = { source_s3_uri = "s3://research-lifecycle/" }
  deletion_protection = false

  vpc = {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnets            = ["subnet-0123456789abcdef0"]
  }

  instance_groups = {
    controller = { instance_type = "ml.m5.xlarge", instance_count = 1, slurm = { node_type = "Controller" } }
    workers    = { instance_type = "ml.g5.8xlarge", instance_count = 2, slurm = { node_type = "Compute", partition_name = "train" } }
  }
}

run "creates_a_cluster_with_slurm" {
  assert {
    condition     = sagemaker_cluster.this.cluster_status == "InService"
    error_message = "The cluster is ${sagemaker_cluster.this.cluster_status}."
  }

  assert {
    condition     = output.instance_counts == { controller = 1, workers = 2 }
    error_message = "The groups are ${jsonencode(output.instance_counts)}."
  }

  assert {
    condition     = alltrue([for group in sagemaker_cluster.this.instance_groups : group.life_cycle_config[0].on_create == "on_create.sh"])
    error_message = "A group has no lifecycle script."
  }
}

run "scales_adds_and_replaces_groups_in_place" {
  variables {
    root_volume_encryption = { kms_key_id = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555" }

    instance_groups = {
      controller = { instance_type = "ml.m5.xlarge", instance_count = 1, slurm = { node_type = "Controller" } }
      login      = { instance_type = "ml.m5.large", instance_count = 1, slurm = { node_type = "Login" } }
      workers-2 = {
        instance_type    = "ml.p5.48xlarge"
        instance_count   = 4
        slurm            = { node_type = "Compute", partition_name = "train" }
        ebs_volume       = { size_in_gb = 500 }
        software_updates = { schedule_expression = "cron(0 3 ? * SUN *)" }
      }
    }
  }

  assert {
    condition     = output.instance_counts == { controller = 1, login = 1, workers-2 = 4 }
    error_message = "The groups are ${jsonencode(output.instance_counts)}."
  }

  assert {
    condition     = output.cluster_arn == run.creates_a_cluster_with_slurm.cluster_arn && output.creation_time == run.creates_a_cluster_with_slurm.creation_time
    error_message = "The cluster was replaced."
  }
}

run "shares_a_cluster_on_eks" {
  variables {
    name      = "research-on-eks"
    eks       = { cluster_arn = "arn:aws:eks:us-east-1:123456789012:cluster/research" }
    scheduler = { priority_classes = { inference = 90, training = 50 } }

    instance_groups = {
      gpu = {
        instance_type      = "ml.p5.48xlarge"
        instance_count     = 4
        deep_health_checks = ["InstanceStress"]
        kubernetes         = { labels = { pool = "gpu" }, taints = [{ key = "gpu", effect = "NoSchedule" }] }
      }
    }

    team_quotas = {
      vision = { resources = { "ml.p5.48xlarge" = { count = 2 } }, fair_share_weight = 20, borrow_limit = 100 }
      speech = { resources = { "ml.p5.48xlarge" = { count = 1 } }, strategy = "DontLend" }
    }
  }

  assert {
    condition     = sagemaker_cluster_scheduler_config.this[0].status == "Created"
    error_message = "The cluster policy is ${sagemaker_cluster_scheduler_config.this[0].status}."
  }

  assert {
    condition     = join(", ", keys(output.quota_ids)) == "speech, vision"
    error_message = "The teams are ${jsonencode(output.quota_ids)}."
  }
}

run "changes_quotas_and_priorities_in_place" {
  variables {
    name      = "research-on-eks"
    eks       = { cluster_arn = "arn:aws:eks:us-east-1:123456789012:cluster/research" }
    scheduler = { priority_classes = { inference = 90, training = 50, experiments = 10 } }

    instance_groups = {
      gpu = {
        instance_type      = "ml.p5.48xlarge"
        instance_count     = 4
        deep_health_checks = ["InstanceStress"]
        kubernetes         = { labels = { pool = "gpu" }, taints = [{ key = "gpu", effect = "NoSchedule" }] }
      }
    }

    team_quotas = {
      vision = { resources = { "ml.p5.48xlarge" = { count = 3 } }, fair_share_weight = 20, borrow_limit = 100 }
      speech = { resources = { "ml.p5.48xlarge" = { count = 1 } }, strategy = "DontLend", enabled = false }
    }
  }

  assert {
    condition     = output.quota_ids == run.shares_a_cluster_on_eks.quota_ids && output.scheduler_config_id == run.shares_a_cluster_on_eks.scheduler_config_id
    error_message = "A quota or the policy was replaced."
  }

  assert {
    condition     = sagemaker_compute_quota.this["vision"].compute_quota_config[0].compute_quota_resources[0].count == 3
    error_message = "The quota was not changed."
  }
}

run "refuses_quotas_without_eks" {
  command = plan

  variables {
    scheduler   = {}
    team_quotas = { vision = { resources = { "ml.p5.48xlarge" = { count = 2 } } } }
  }

  expect_failures = [sagemaker_compute_quota.this, sagemaker_cluster_scheduler_config.this]
}

run "refuses_what_the_service_does_not_know" {
  command = plan

  variables {
    instance_groups = { workers_1 = { instance_type = "ml.g5.8xlarge", instance_count = 2, slurm = { node_type = "Worker" } } }
    team_quotas     = { Vision = { resources = {}, strategy = "Borrow" } }
  }

  expect_failures = [var.instance_groups, var.team_quotas]
}

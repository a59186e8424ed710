resource "sagemaker_cluster" "test" {
  cluster_name = var.name

  instance_groups {
    instance_group_name = "workers"
    instance_type       = "ml.g5.8xlarge"
    instance_count      = 2
    execution_role      = "arn:aws:iam::123456789012:role/cluster"

    life_cycle_config {
      source_s3_uri = "s3://sagemaker-example/lifecycle/"
      on_create     = "on_create.sh"
    }

    kubernetes_config {
      labels = { team = "research" }
    }
  }

  orchestrator {
    eks {
      cluster_arn = "arn:aws:eks:us-east-1:123456789012:cluster/ml"
    }
  }

  vpc_config {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnets            = ["subnet-0123456789abcdef0"]
  }
}

resource "sagemaker_compute_quota" "test" {
  name        = var.name
  cluster_arn = sagemaker_cluster.test.arn
  description = "What research gets"

  compute_quota_config {
    preempt_team_tasks = "LowerPriority"

    compute_quota_resources {
      instance_type = "ml.g5.8xlarge"
      count         = 1
    }
  }

  compute_quota_target {
    team_name         = "research"
    fair_share_weight = 10
  }

  tags = { step = "first" }
}

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

resource "sagemaker_cluster_scheduler_config" "test" {
  name        = var.name
  cluster_arn = sagemaker_cluster.test.arn

  scheduler_config {
    fair_share = "Enabled"

    priority_classes {
      name   = "inference"
      weight = 90
    }

    priority_classes {
      name   = "training"
      weight = 60
    }
  }

  tags = { step = "second" }
}

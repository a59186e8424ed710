resource "sagemaker_cluster" "test" {
  cluster_name           = var.name
  node_provisioning_mode = "Continuous"

  instance_groups {
    instance_group_name = "controller"
    instance_type       = "ml.m5.large"
    instance_count      = 1
    execution_role      = "arn:aws:iam::123456789012:role/cluster"

    life_cycle_config {
      source_s3_uri = "s3://sagemaker-example/lifecycle/"
      on_create     = "on_create.sh"
    }
  }

  instance_groups {
    instance_group_name   = "workers"
    instance_type         = "ml.g5.8xlarge"
    instance_count        = 2
    execution_role        = "arn:aws:iam::123456789012:role/cluster"
    image_release_version = "1.2.0"

    life_cycle_config {
      source_s3_uri = "s3://sagemaker-example/lifecycle/"
      on_create     = "on_create.sh"
    }
  }
}

resource "sagemaker_cluster_extension" "test" {
  cluster_arn    = sagemaker_cluster.test.arn
  extension_name = "sagemaker-observability"

  configuration_values = jsonencode({
    metricsProvider = { nodeMetrics = { level = "ADVANCED" }, taskMetrics = { level = "BASIC" } }
    logs            = true
  })

  tags = { step = "first" }
}

resource "sagemaker_cluster" "research" {
  cluster_name           = "research"
  node_provisioning_mode = "Continuous"

  instance_groups {
    instance_group_name = "controller"
    instance_type       = "ml.m5.xlarge"
    instance_count      = 1
    execution_role      = "arn:aws:iam::123456789012:role/cluster"

    life_cycle_config {
      source_s3_uri = "s3://sagemaker-example/lifecycle/"
      on_create     = "on_create.sh"
    }

    slurm_config {
      node_type = "Controller"
    }
  }

  # Instance counts and images are changed in place. Groups are added and deleted by name.
  instance_groups {
    instance_group_name   = "workers"
    instance_type         = "ml.p5.48xlarge"
    instance_count        = 4
    execution_role        = "arn:aws:iam::123456789012:role/cluster"
    image_release_version = "1.2.0"

    life_cycle_config {
      source_s3_uri = "s3://sagemaker-example/lifecycle/"
      on_create     = "on_create.sh"
    }

    slurm_config {
      node_type       = "Compute"
      partition_names = ["train"]
    }

    scheduled_update_config {
      schedule_expression = "cron(0 3 ? * SUN *)"

      deployment_config {
        wait_interval_in_seconds = 600

        rolling_update_policy {
          maximum_batch_size {
            type  = "INSTANCE_COUNT"
            value = 1
          }
        }
      }
    }
  }

  vpc_config {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnets            = ["subnet-0123456789abcdef0"]
  }

  timeouts {
    create = "6h"
  }
}

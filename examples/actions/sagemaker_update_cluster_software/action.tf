action "sagemaker_update_cluster_software" "workers" {
  config {
    cluster_name = "research"

    instance_groups {
      instance_group_name = "workers"
    }

    deployment_config {
      wait_interval_in_seconds = 300

      rolling_update_policy {
        maximum_batch_size {
          type  = "INSTANCE_COUNT"
          value = 1
        }
      }
    }
  }
}

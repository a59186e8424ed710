action "sagemaker_batch_add_cluster_nodes" "workers" {
  config {
    cluster_name = "research"

    nodes_to_add {
      instance_group_name       = "workers"
      increment_target_count_by = 1
    }
  }
}

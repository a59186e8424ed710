data "sagemaker_cluster_nodes" "workers" {
  cluster_name                 = "research"
  instance_group_name_contains = "workers"
}

action "sagemaker_batch_reboot_cluster_nodes" "first" {
  config {
    cluster_name = "research"
    node_ids     = [data.sagemaker_cluster_nodes.workers.cluster_node_summaries[0].instance_id]
  }
}

data "sagemaker_cluster_nodes" "workers" {
  cluster_name                 = "research"
  instance_group_name_contains = "workers"
}

action "sagemaker_attach_cluster_node_network_interface" "storage" {
  config {
    cluster_name         = "research"
    node_id              = data.sagemaker_cluster_nodes.workers.cluster_node_summaries[0].instance_id
    network_interface_id = "eni-0123456789abcdef0"
  }
}

data "sagemaker_cluster_nodes" "workers" {
  cluster_name                 = "research"
  instance_group_name_contains = "workers"
  sort_by                      = "NAME"
  sort_order                   = "Ascending"
}

output "states" {
  value = {
    for node in data.sagemaker_cluster_nodes.workers.cluster_node_summaries :
    node.instance_id => node.instance_status[0].status
  }
}

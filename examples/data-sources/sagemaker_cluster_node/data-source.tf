data "sagemaker_cluster_nodes" "controllers" {
  cluster_name                 = "research"
  instance_group_name_contains = "controller"
}

data "sagemaker_cluster_node" "controller" {
  cluster_name = "research"
  node_id      = data.sagemaker_cluster_nodes.controllers.cluster_node_summaries[0].instance_id
}

output "address" {
  value = data.sagemaker_cluster_node.controller.node_details[0].private_primary_ip
}

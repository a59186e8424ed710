data "sagemaker_cluster" "research" {
  cluster_name = "research"
}

data "sagemaker_cluster_nodes" "workers" {
  cluster_name                 = "research"
  instance_group_name_contains = "workers"
}

action "sagemaker_attach_cluster_node_volume" "scratch" {
  config {
    cluster_arn = data.sagemaker_cluster.research.arn
    node_id     = data.sagemaker_cluster_nodes.workers.cluster_node_summaries[0].instance_id
    volume_id   = "vol-0123456789abcdef0"
  }
}

data "sagemaker_cluster" "research" {
  cluster_name = "research"
}

output "instances" {
  value = {
    for group in data.sagemaker_cluster.research.instance_groups :
    group.instance_group_name => group.current_count
  }
}

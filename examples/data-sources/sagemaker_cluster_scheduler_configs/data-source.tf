data "sagemaker_cluster" "research" {
  cluster_name = "research"
}

data "sagemaker_cluster_scheduler_configs" "research" {
  cluster_arn = data.sagemaker_cluster.research.arn
}

output "configs" {
  value = data.sagemaker_cluster_scheduler_configs.research.cluster_scheduler_config_summaries[*].name
}

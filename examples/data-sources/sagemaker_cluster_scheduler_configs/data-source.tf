data "sagemaker_clusters" "research" {
  name_contains = "research"
}

data "sagemaker_cluster_scheduler_configs" "research" {
  cluster_arn = data.sagemaker_clusters.research.cluster_summaries[0].cluster_arn
}

output "configs" {
  value = data.sagemaker_cluster_scheduler_configs.research.cluster_scheduler_config_summaries[*].name
}

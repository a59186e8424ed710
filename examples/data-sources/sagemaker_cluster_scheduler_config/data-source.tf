data "sagemaker_cluster" "research" {
  cluster_name = "research"
}

data "sagemaker_cluster_scheduler_configs" "research" {
  cluster_arn = data.sagemaker_cluster.research.arn
}

data "sagemaker_cluster_scheduler_config" "research" {
  arn = one(
    data.sagemaker_cluster_scheduler_configs.research.cluster_scheduler_config_summaries
  ).cluster_scheduler_config_arn
}

output "priorities" {
  value = data.sagemaker_cluster_scheduler_config.research.scheduler_config[0].priority_classes
}

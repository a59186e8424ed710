data "sagemaker_cluster" "research" {
  cluster_name = "research"
}

data "sagemaker_compute_quotas" "research" {
  cluster_arn = data.sagemaker_cluster.research.arn
}

output "teams" {
  value = data.sagemaker_compute_quotas.research.compute_quota_summaries[*].compute_quota_target[0].team_name
}

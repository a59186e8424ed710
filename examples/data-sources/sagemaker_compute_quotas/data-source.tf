data "sagemaker_clusters" "research" {
  name_contains = "research"
}

data "sagemaker_compute_quotas" "research" {
  cluster_arn = data.sagemaker_clusters.research.cluster_summaries[0].cluster_arn
}

output "teams" {
  value = data.sagemaker_compute_quotas.research.compute_quota_summaries[*].compute_quota_target[0].team_name
}

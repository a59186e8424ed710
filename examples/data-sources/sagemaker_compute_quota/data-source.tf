data "sagemaker_cluster" "research" {
  cluster_name = "research"
}

data "sagemaker_compute_quotas" "vision" {
  cluster_arn   = data.sagemaker_cluster.research.arn
  name_contains = "vision"
}

data "sagemaker_compute_quota" "vision" {
  arn = one(data.sagemaker_compute_quotas.vision.compute_quota_summaries).compute_quota_arn
}

output "weight" {
  value = data.sagemaker_compute_quota.vision.compute_quota_target[0].fair_share_weight
}

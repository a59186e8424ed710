data "sagemaker_clusters" "research" {
  name_contains = "research"
}

data "sagemaker_cluster_extensions" "research" {
  cluster_arn = data.sagemaker_clusters.research.cluster_summaries[0].cluster_arn
}

output "versions" {
  value = { for extension in data.sagemaker_cluster_extensions.research.extensions : extension.extension_name => extension.extension_version }
}

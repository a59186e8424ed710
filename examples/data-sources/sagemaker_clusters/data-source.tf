data "sagemaker_clusters" "all" {
  sort_by    = "NAME"
  sort_order = "Ascending"
}

output "states" {
  value = {
    for cluster in data.sagemaker_clusters.all.cluster_summaries :
    cluster.cluster_name => cluster.cluster_status
  }
}

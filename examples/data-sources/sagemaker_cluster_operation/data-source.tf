data "sagemaker_cluster_operations" "latest" {
  cluster_name = "research"
  sort_by      = "CreationTime"
  sort_order   = "Descending"
  max_results  = 1
}

data "sagemaker_cluster_operation" "latest" {
  cluster_name = "research"
  operation_id = one(
    data.sagemaker_cluster_operations.latest.cluster_operation_summaries
  ).operation_id
}

output "changes" {
  value = data.sagemaker_cluster_operation.latest.scaling_details
}

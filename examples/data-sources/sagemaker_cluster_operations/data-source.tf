data "sagemaker_cluster_operations" "superseded" {
  cluster_name = "research"
  status       = "Superseded"
}

output "superseded" {
  value = data.sagemaker_cluster_operations.superseded.cluster_operation_summaries[*].operation_id
}

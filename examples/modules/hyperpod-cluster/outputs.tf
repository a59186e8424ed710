output "cluster_name" {
  description = "Name of the cluster."
  value       = sagemaker_cluster.this.cluster_name
}

output "cluster_arn" {
  description = "ARN of the cluster."
  value       = sagemaker_cluster.this.arn
}

output "cluster_id" {
  description = "ID of the cluster, as targets of Systems Manager sessions contain it: sagemaker-cluster:<cluster ID>_<group>-<instance ID>."
  value       = element(split("/", sagemaker_cluster.this.arn), 1)
}

output "log_group_name" {
  description = "CloudWatch log group of the lifecycle scripts."
  value       = "/aws/sagemaker/Clusters/${sagemaker_cluster.this.cluster_name}/${element(split("/", sagemaker_cluster.this.arn), 1)}"
}

output "instance_counts" {
  description = "Current number of instances, by group."
  value       = { for group in sagemaker_cluster.this.instance_groups : group.instance_group_name => group.current_count }
}

output "creation_time" {
  description = "Time when the cluster was created (RFC 3339). It stays the same as long as the cluster is updated in place."
  value       = sagemaker_cluster.this.creation_time
}

output "scheduler_config_id" {
  description = "ID of the cluster policy. Null if there is none."
  value       = one(sagemaker_cluster_scheduler_config.this[*].cluster_scheduler_config_id)
}

output "quota_ids" {
  description = "IDs of the compute quotas, by team."
  value       = { for team, quota in sagemaker_compute_quota.this : team => quota.compute_quota_id }
}

output "quota_arns" {
  description = "ARNs of the compute quotas, by team."
  value       = { for team, quota in sagemaker_compute_quota.this : team => quota.arn }
}

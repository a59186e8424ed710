data "sagemaker_lineage_groups" "all" {}

output "arns" {
  value = data.sagemaker_lineage_groups.all.lineage_group_summaries[*].lineage_group_arn
}

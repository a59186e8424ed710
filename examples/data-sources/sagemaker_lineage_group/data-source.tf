data "sagemaker_lineage_groups" "all" {}

data "sagemaker_lineage_group" "ours" {
  lineage_group_name = data.sagemaker_lineage_groups.all.lineage_group_summaries[0].lineage_group_name
}

output "arn" {
  value = data.sagemaker_lineage_group.ours.lineage_group_arn
}

data "sagemaker_lineage_groups" "all" {}

data "sagemaker_lineage_group_policy" "ours" {
  lineage_group_name = data.sagemaker_lineage_groups.all.lineage_group_summaries[0].lineage_group_name
}

output "who_may_read" {
  value = jsondecode(data.sagemaker_lineage_group_policy.ours.resource_policy).Statement[*].Principal
}

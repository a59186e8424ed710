data "sagemaker_flow_definitions" "all" {
  sort_order = "Ascending"
}

output "arns" {
  value = data.sagemaker_flow_definitions.all.flow_definition_summaries[*].flow_definition_arn
}

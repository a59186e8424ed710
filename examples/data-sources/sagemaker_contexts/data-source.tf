data "sagemaker_contexts" "all" {
  sort_by    = "Name"
  sort_order = "Ascending"
}

output "names" {
  value = data.sagemaker_contexts.all.context_summaries[*].context_name
}

data "sagemaker_trial_components" "latest" {
  sort_by     = "CreationTime"
  sort_order  = "Descending"
  max_results = 10
}

output "names" {
  value = data.sagemaker_trial_components.latest.trial_component_summaries[*].trial_component_name
}

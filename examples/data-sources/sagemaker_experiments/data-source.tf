data "sagemaker_experiments" "latest" {
  sort_by     = "CreationTime"
  sort_order  = "Descending"
  max_results = 10
}

output "names" {
  value = data.sagemaker_experiments.latest.experiment_summaries[*].experiment_name
}

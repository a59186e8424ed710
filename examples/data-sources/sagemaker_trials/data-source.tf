data "sagemaker_trials" "of_experiment" {
  experiment_name = "churn-with-trees"
  sort_by         = "Name"
  sort_order      = "Ascending"
}

output "names" {
  value = data.sagemaker_trials.of_experiment.trial_summaries[*].trial_name
}

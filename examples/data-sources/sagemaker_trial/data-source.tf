data "sagemaker_trial" "trees" {
  trial_name = "churn-trees"
}

output "commit" {
  value = data.sagemaker_trial.trees.metadata_properties[0].commit_id
}

data "sagemaker_hyper_parameter_tuning_job" "churn" {
  name = "churn-2026-11"
}

output "best" {
  value = data.sagemaker_hyper_parameter_tuning_job.churn.best_training_job
}

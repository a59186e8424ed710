data "sagemaker_auto_ml_job" "churn" {
  auto_ml_job_name = "churn"
}

output "best" {
  value = data.sagemaker_auto_ml_job.churn.best_candidate[0].candidate_name
}

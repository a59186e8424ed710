action "sagemaker_stop_training_job" "churn" {
  config {
    training_job_name = "churn-2026-11"
  }
}

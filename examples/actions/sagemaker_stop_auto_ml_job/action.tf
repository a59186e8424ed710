action "sagemaker_stop_auto_ml_job" "churn" {
  config {
    auto_ml_job_name = "churn"
  }
}

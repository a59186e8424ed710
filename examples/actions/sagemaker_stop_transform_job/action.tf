action "sagemaker_stop_transform_job" "churn" {
  config {
    transform_job_name = "churn-2026-11"
  }
}

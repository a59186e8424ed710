action "sagemaker_stop_inference_recommendations_job" "churn" {
  config {
    job_name = "churn-2026-11"
  }
}

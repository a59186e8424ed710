action "sagemaker_stop_labeling_job" "sentiment" {
  config {
    labeling_job_name = "sentiment-2026-11"
  }
}

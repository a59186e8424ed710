action "sagemaker_stop_processing_job" "clean" {
  config {
    processing_job_name = "clean-2026-11"
  }
}

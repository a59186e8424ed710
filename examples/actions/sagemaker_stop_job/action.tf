action "sagemaker_stop_job" "clean" {
  config {
    job_name     = "clean-2026-11"
    job_category = "DataTransformation"
  }
}

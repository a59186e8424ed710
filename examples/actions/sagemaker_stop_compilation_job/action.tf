action "sagemaker_stop_compilation_job" "faces" {
  config {
    compilation_job_name = "faces-2026-11"
  }
}

action "sagemaker_stop_edge_packaging_job" "faces" {
  config {
    edge_packaging_job_name = "faces-2026-11"
  }
}

action "sagemaker_stop_optimization_job" "llama" {
  config {
    optimization_job_name = "llama-awq"
  }
}

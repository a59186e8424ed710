action "sagemaker_stop_hyper_parameter_tuning_job" "churn" {
  config {
    hyper_parameter_tuning_job_name = "churn-2026-11"
  }
}

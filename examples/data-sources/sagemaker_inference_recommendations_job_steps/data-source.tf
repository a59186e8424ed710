data "sagemaker_inference_recommendations_job_steps" "churn" {
  job_name = "churn-2026-11"
  status   = "COMPLETED"
}

output "benchmarks" {
  value = data.sagemaker_inference_recommendations_job_steps.churn.steps[*].inference_benchmark
}

data "sagemaker_inference_recommendations_jobs" "churn" {
  name_contains = "churn"
  status_equals = "COMPLETED"
}

output "names" {
  value = data.sagemaker_inference_recommendations_jobs.churn.inference_recommendations_jobs[*].job_name
}

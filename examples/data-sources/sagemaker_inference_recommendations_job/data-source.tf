data "sagemaker_inference_recommendations_job" "churn" {
  job_name = "churn-2026-11"
}

output "recommended" {
  value = data.sagemaker_inference_recommendations_job.churn.inference_recommendations[*].endpoint_configuration[0].instance_type
}

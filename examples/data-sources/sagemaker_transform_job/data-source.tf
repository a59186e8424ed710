data "sagemaker_transform_job" "churn" {
  transform_job_name = "churn-2026-11"
}

output "predictions" {
  value = data.sagemaker_transform_job.churn.transform_output[0].s3_output_path
}

data "sagemaker_job" "clean" {
  job_category = "DataTransformation"
  job_name     = "clean-2026-11"
}

output "clean_data" {
  value = jsondecode(data.sagemaker_job.clean.job_config_document).output
}

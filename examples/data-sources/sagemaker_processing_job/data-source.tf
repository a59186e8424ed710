data "sagemaker_processing_job" "clean" {
  processing_job_name = "clean-2026-11"
}

output "clean_data" {
  value = data.sagemaker_processing_job.clean.processing_output_config[0].outputs[0].s3_output[0].s3_uri
}

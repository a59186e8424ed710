data "sagemaker_optimization_job" "llama" {
  optimization_job_name = "llama-awq"
}

output "optimized_model" {
  value = data.sagemaker_optimization_job.llama.output_config[0].s3_output_location
}

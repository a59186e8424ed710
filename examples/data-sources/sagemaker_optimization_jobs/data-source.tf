data "sagemaker_optimization_jobs" "llama" {
  name_contains = "llama"
}

output "states" {
  value = {
    for job in data.sagemaker_optimization_jobs.llama.optimization_job_summaries :
    job.optimization_job_name => job.optimization_job_status
  }
}

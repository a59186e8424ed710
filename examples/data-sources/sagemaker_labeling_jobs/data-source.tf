data "sagemaker_labeling_jobs" "sentiment" {
  name_contains = "sentiment"
}

output "labels" {
  value = data.sagemaker_labeling_jobs.sentiment.labeling_job_summary_list[*].labeling_job_output
}

data "sagemaker_labeling_job" "sentiment" {
  labeling_job_name = "sentiment-2026-11"
}

output "labels" {
  value = data.sagemaker_labeling_job.sentiment.labeling_job_output
}

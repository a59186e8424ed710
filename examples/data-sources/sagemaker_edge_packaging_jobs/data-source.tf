data "sagemaker_edge_packaging_jobs" "faces" {
  model_name_contains = "faces"
  status_equals       = "COMPLETED"
}

output "jobs" {
  value = data.sagemaker_edge_packaging_jobs.faces.edge_packaging_job_summaries[*].edge_packaging_job_name
}

data "sagemaker_edge_packaging_job" "faces" {
  edge_packaging_job_name = "faces-2026-11"
}

output "package" {
  value = data.sagemaker_edge_packaging_job.faces.model_artifact
}

data "sagemaker_compilation_job" "faces" {
  compilation_job_name = "faces-2026-11"
}

output "compiled" {
  value = data.sagemaker_compilation_job.faces.model_artifacts[0].s3_model_artifacts
}

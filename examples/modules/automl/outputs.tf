output "job_name" {
  description = "Name of the job."
  value       = sagemaker_auto_ml_job_v2.this.auto_ml_job_name
}

output "best_candidate" {
  description = "All that the job returns about its best candidate. Null if it was only to define candidates."
  value       = one(local.best)
}

output "candidates" {
  description = "The completed candidates, the best first, with what they scored."
  value = [for candidate in data.sagemaker_auto_ml_job_candidates.found.candidates : {
    name  = candidate.candidate_name
    score = one(candidate.final_auto_ml_job_objective_metric[*].value)
    steps = { for step in candidate.candidate_steps : step.candidate_step_name => step.candidate_step_type }
  }]
}

output "deployed_candidate" {
  description = "Name of the candidate that is deployed. Null if none is."
  value       = var.deployment == null ? null : one(local.chosen[*].candidate_name)
}

output "model_name" {
  description = "Name of the model. Null if none is deployed."
  value       = one(sagemaker_model.this[*].name)
}

output "endpoint_name" {
  description = "Name to invoke the endpoint by. Null if there is none."
  value       = one(sagemaker_endpoint.this[*].name)
}

output "notebooks" {
  description = "S3 URIs of the notebooks that explore the data and define the candidates."
  value       = one(sagemaker_auto_ml_job_v2.this.auto_ml_job_artifacts)
}

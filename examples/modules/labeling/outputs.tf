locals {
  subdomain = one(concat(sagemaker_workforce.this[*].subdomain, data.sagemaker_workforce.existing[*].subdomain))
}

output "workforce_name" {
  description = "Name of the workforce."
  value       = local.workforce
}

output "workforce_arn" {
  description = "ARN of the workforce."
  value       = one(concat(sagemaker_workforce.this[*].arn, data.sagemaker_workforce.existing[*].arn))
}

output "creation_time" {
  description = "Time when the workforce was created (RFC 3339). It stays the same as long as the workforce is updated in place."
  value       = one(concat(sagemaker_workforce.this[*].create_date, data.sagemaker_workforce.existing[*].create_date))
}

output "portal_url" {
  description = "URL at which workers log in."
  value       = "https://${local.subdomain}"
}

output "oidc_callback_url" {
  description = "URL that an identity provider has to accept as a redirect URL."
  value       = "https://${local.subdomain}/oauth2/idpresponse"
}

output "team_arns" {
  description = "ARNs of the work teams, by name, for labeling jobs and review workflows elsewhere."
  value       = { for name, team in sagemaker_workteam.this : name => team.arn }
}

output "human_task_ui_arns" {
  description = "ARNs of the worker pages, by name, for review workflows."
  value       = { for name, page in sagemaker_human_task_ui.this : name => page.arn }
}

output "labeling_job_names" {
  description = "Names of the current labeling jobs in SageMaker, by the name in labeling_jobs."
  value       = { for name, job in sagemaker_labeling_job.this : name => job.labeling_job_name }
}

output "labeling_job_arns" {
  description = "ARNs of the current labeling jobs."
  value       = { for name, job in sagemaker_labeling_job.this : name => job.labeling_job_arn }
}

output "output_manifest_s3_uris" {
  description = "S3 URIs of the manifests that the jobs write."
  value       = { for name, job in sagemaker_labeling_job.this : name => "${trimsuffix(var.labeling_jobs[name].output.s3_uri, "/")}/${job.labeling_job_name}/manifests/output/output.manifest" }
}

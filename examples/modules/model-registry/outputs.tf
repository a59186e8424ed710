output "group_arn" {
  description = "ARN of the group of candidates."
  value       = sagemaker_model_package_group.candidates.arn
}

output "production_group_arn" {
  description = "ARN of the group that production deploys from."
  value       = sagemaker_model_package_group.production.arn
}

output "candidates" {
  description = "ARNs of the model packages, by version."
  value       = { for version, package in sagemaker_model_package.candidate : version => package.arn }
}

output "promoted" {
  description = "ARNs of the promoted model packages, by version."
  value       = { for version, package in sagemaker_model_package.promoted : version => package.arn }
}

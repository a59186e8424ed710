output "domain_id" {
  description = "ID of the domain."
  value       = sagemaker_domain.this.id
}

output "domain_arn" {
  description = "ARN of the domain."
  value       = sagemaker_domain.this.arn
}

output "domain_url" {
  description = "URL of the domain."
  value       = sagemaker_domain.this.url
}

output "home_efs_file_system_id" {
  description = "ID of the EFS file system with the home directories, for backups and for what is left after the domain is deleted."
  value       = sagemaker_domain.this.home_efs_file_system_id
}

output "security_group_id_for_domain_boundary" {
  description = "ID of the security group between the apps of the domain and those of its users."
  value       = sagemaker_domain.this.security_group_id_for_domain_boundary
}

output "single_sign_on_application_arn" {
  description = "ARN of the application in IAM Identity Center, for assignments. Null if auth_mode is IAM."
  value       = sagemaker_domain.this.single_sign_on_application_arn
}

output "user_profile_arns" {
  description = "ARNs of the user profiles, by name."
  value       = { for name, profile in sagemaker_user_profile.this : name => profile.arn }
}

output "home_efs_file_system_uids" {
  description = "POSIX user IDs of the user profiles in the file system, by name."
  value       = { for name, profile in sagemaker_user_profile.this : name => profile.home_efs_file_system_uid }
}

output "space_arns" {
  description = "ARNs of the spaces, by name."
  value       = { for name, space in sagemaker_space.this : name => space.arn }
}

output "space_urls" {
  description = "URLs of the spaces, by name."
  value       = { for name, space in sagemaker_space.this : name => space.url }
}

output "lifecycle_config_arns" {
  description = "ARNs of the lifecycle scripts, by name."
  value       = { for name, script in sagemaker_studio_lifecycle_config.this : name => script.arn }
}

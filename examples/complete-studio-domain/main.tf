# A Studio domain as a team would run it: all traffic in a VPC, homes and volumes under the team's key, idle apps shut down.

terraform {
  required_version = ">= 1.3"

  required_providers {
    sagemaker = {
      source  = "sagemaker-rs/sagemaker"
      version = ">= 0.1"
    }
  }
}

provider "sagemaker" {
  region = "us-east-1"
}

variable "name" {
  description = "Name of the domain."
  type        = string
  default     = "science"
}

variable "vpc_id" {
  description = "ID of the VPC of the apps."
  type        = string
  default     = "vpc-0123456789abcdef0"
}

variable "subnet_ids" {
  description = "IDs of private subnets of the VPC."
  type        = set(string)
  default     = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}

variable "security_group_ids" {
  description = "IDs of the security groups of the apps."
  type        = set(string)
  default     = ["sg-0123456789abcdef0"]
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts homes and volumes."
  type        = string
  default     = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

variable "members" {
  description = "Names of the members of the team."
  type        = set(string)
  default     = ["ann", "ben"]
}

variable "idle_timeout_in_minutes" {
  description = "Idle time after which an app is shut down, in minutes."
  type        = number
  default     = 120
}

variable "deletion_protection" {
  description = "Whether plans that would delete the domain, a user profile or a space are refused. Set it to true before people work here."
  type        = bool
  default     = false
}

module "studio" {
  source = "../modules/studio-domain"

  domain_name          = var.name
  vpc_id               = var.vpc_id
  subnet_ids           = var.subnet_ids
  security_group_ids   = var.security_group_ids
  execution_role_arn   = "arn:aws:iam::123456789012:role/studio"
  kms_key_arn          = var.kms_key_arn
  home_efs_file_system = "Retain"
  deletion_protection  = var.deletion_protection

  idle_shutdown = { timeout_in_minutes = var.idle_timeout_in_minutes }

  default_image = {
    image_arn     = "arn:aws:sagemaker:us-east-1:885854791233:image/sagemaker-distribution-cpu"
    version_alias = "3.3.0"
  }

  lifecycle_scripts = {
    packages = { content = file("${path.module}/scripts/packages.sh"), default = true }
    editor   = { content = file("${path.module}/scripts/extensions.sh"), app_type = "CodeEditor" }
  }

  # The lead works under a role that may also deploy.
  user_profiles = merge(
    { for name in var.members : name => {} },
    { lead = { execution_role_arn = "arn:aws:iam::123456789012:role/studio-lead" } },
  )

  spaces = merge(
    { for name in var.members : "${name}-lab" => { owner = name } },
    { notebooks = { owner = "lead", sharing_type = "Shared", display_name = "Team notebooks", volume_size_in_gb = 50 } },
  )

  tags = { team = "science" }
}

output "domain_id" {
  value = module.studio.domain_id
}

output "domain_url" {
  value = module.studio.domain_url
}

output "home_efs_file_system_id" {
  value = module.studio.home_efs_file_system_id
}

output "user_profile_arns" {
  value = module.studio.user_profile_arns
}

output "space_arns" {
  value = module.studio.space_arns
}

output "single_sign_on_application_arn" {
  value = module.studio.single_sign_on_application_arn
}

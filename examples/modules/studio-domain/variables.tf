variable "domain_name" {
  description = "Name of the domain. The lifecycle scripts are named after it."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", var.domain_name)) && length(var.domain_name) <= 31
    error_message = "Up to 31 letters, digits and hyphens, with a letter or a digit at both ends."
  }
}

variable "auth_mode" {
  description = "How users sign in: IAM, or SSO for IAM Identity Center. It cannot be changed later without another domain."
  type        = string
  default     = "IAM"

  validation {
    condition     = contains(["IAM", "SSO"], var.auth_mode)
    error_message = "Either IAM or SSO."
  }
}

variable "vpc_id" {
  description = "ID of the VPC that carries all traffic of the apps."
  type        = string

  validation {
    condition     = can(regex("^vpc-[0-9a-f]+$", var.vpc_id))
    error_message = "The ID of a VPC, such as vpc-0123456789abcdef0."
  }
}

variable "subnet_ids" {
  description = "IDs of the private subnets of the apps. They need routes, or VPC endpoints, to the services that the apps use."
  type        = set(string)

  validation {
    condition     = length(var.subnet_ids) >= 1 && length(var.subnet_ids) <= 16
    error_message = "From 1 to 16 subnets."
  }
}

variable "security_group_ids" {
  description = "IDs of the security groups of the apps. They have to allow the apps to reach each other."
  type        = set(string)

  validation {
    condition     = length(var.security_group_ids) >= 1 && length(var.security_group_ids) <= 5
    error_message = "From 1 to 5 security groups."
  }
}

variable "execution_role_arn" {
  description = "ARN of the IAM role of the users who have none of their own."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:iam::[0-9]{12}:role/.+$", var.execution_role_arn))
    error_message = "The ARN of an IAM role, such as arn:aws:iam::123456789012:role/studio."
  }
}

variable "shared_space_execution_role_arn" {
  description = "ARN of the IAM role of the shared spaces. Null: that of execution_role_arn."
  type        = string
  default     = null
}

variable "kms_key_arn" {
  description = "ARN of the KMS key that encrypts the home directories and the volumes of the spaces. Null: the key of the service. It cannot be changed later without another domain."
  type        = string
  default     = null
}

variable "home_efs_file_system" {
  description = "What happens to the home directories when the domain is deleted: Retain or Delete. It can be changed until then."
  type        = string
  default     = "Retain"

  validation {
    condition     = contains(["Retain", "Delete"], var.home_efs_file_system)
    error_message = "Either Retain or Delete."
  }
}

variable "deletion_protection" {
  description = "Whether plans are refused that would delete or replace the domain, a user profile or a space."
  type        = bool
  default     = true
}

variable "force_destroy" {
  description = "Whether a destroy also deletes the apps, spaces and user profiles that were created in Studio."
  type        = bool
  default     = false
}

variable "user_as_source_identity" {
  description = "Whether CloudTrail shows the name of the user profile. The trust policies of the execution roles have to allow sts:SetSourceIdentity. It cannot be changed while apps are running."
  type        = bool
  default     = false
}

variable "default_instance_type" {
  description = "Instance type of an app if the user chooses none."
  type        = string
  default     = "ml.t3.medium"

  validation {
    condition     = can(regex("^ml\\.[a-z0-9-]+\\.[a-z0-9]+$", var.default_instance_type))
    error_message = "An instance type, such as ml.t3.medium."
  }
}

variable "default_image" {
  description = "Image of an app if the user chooses none: the ARN of the image, and the alias or the ARN of a version of it. Null: the image of the service."
  type = object({
    image_arn     = string
    version_alias = optional(string)
    version_arn   = optional(string)
  })
  default = null

  validation {
    condition     = try(var.default_image.version_alias == null || var.default_image.version_arn == null, true)
    error_message = "At most one of version_alias and version_arn."
  }
}

variable "custom_images" {
  description = "Images of your own that users may choose, each with the name of its app image configuration. Without a version number, the latest version is used."
  type = list(object({
    app_type              = optional(string, "JupyterLab")
    image_name            = string
    app_image_config_name = string
    image_version_number  = optional(number)
  }))
  default = []

  validation {
    condition     = alltrue([for image in var.custom_images : contains(["JupyterLab", "CodeEditor"], image.app_type)])
    error_message = "The app_type of an image is either JupyterLab or CodeEditor."
  }
}

variable "lifecycle_scripts" {
  description = "Scripts that run when an app starts, by name: the text itself, such as file(\"packages.sh\"). A default script runs unless the user chooses another. Not for secrets: users can read it."
  type = map(object({
    content  = string
    app_type = optional(string, "JupyterLab")
    default  = optional(bool, false)
  }))
  default = {}

  validation {
    condition     = alltrue([for name in keys(var.lifecycle_scripts) : can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", name)) && length(name) <= 22])
    error_message = "The name of a script has up to 22 letters, digits and hyphens, with a letter or a digit at both ends."
  }

  validation {
    condition     = alltrue([for script in var.lifecycle_scripts : contains(["JupyterLab", "CodeEditor"], script.app_type)])
    error_message = "The app_type of a script is either JupyterLab or CodeEditor."
  }

  validation {
    condition     = alltrue([for script in var.lifecycle_scripts : script.content != "" && length(base64encode(script.content)) <= 16384])
    error_message = "A script has up to 12288 bytes, and is not empty."
  }

  validation {
    condition     = alltrue([for app_type in ["JupyterLab", "CodeEditor"] : length([for script in var.lifecycle_scripts : script if script.default && script.app_type == app_type]) <= 1])
    error_message = "At most one script is the default for a type of app."
  }
}

variable "idle_shutdown" {
  description = "After how many idle minutes an app is shut down, and between which limits users may choose another number."
  type = object({
    enabled                = optional(bool, true)
    timeout_in_minutes     = optional(number, 120)
    min_timeout_in_minutes = optional(number, 60)
    max_timeout_in_minutes = optional(number, 480)
  })
  default = {}

  validation {
    condition = (
      var.idle_shutdown.min_timeout_in_minutes >= 60 &&
      var.idle_shutdown.timeout_in_minutes >= var.idle_shutdown.min_timeout_in_minutes &&
      var.idle_shutdown.max_timeout_in_minutes >= var.idle_shutdown.timeout_in_minutes &&
      var.idle_shutdown.max_timeout_in_minutes <= 525600
    )
    error_message = "From 60 to 525600 minutes, with the timeout between its minimum and its maximum."
  }
}

variable "space_storage" {
  description = "Size of the volume of a space, in GiB: the default, and the maximum that users may choose."
  type = object({
    default_size_in_gb = optional(number, 20)
    max_size_in_gb     = optional(number, 100)
  })
  default = {}

  validation {
    condition = (
      var.space_storage.default_size_in_gb >= 5 &&
      var.space_storage.max_size_in_gb >= var.space_storage.default_size_in_gb &&
      var.space_storage.max_size_in_gb <= 16384
    )
    error_message = "From 5 to 16384 GiB, and the default is at most the maximum."
  }
}

variable "hidden_app_types" {
  description = "Types of apps that Studio does not show. The default hides those of Studio Classic."
  type        = set(string)
  default     = ["JupyterServer", "KernelGateway"]
}

variable "hidden_instance_types" {
  description = "Instance types that Studio does not offer. To forbid them, use an IAM policy."
  type        = set(string)
  default     = []
}

variable "docker" {
  description = "Allows apps to use Docker, with images from these accounts. Null: Docker is not allowed."
  type = object({
    trusted_accounts = optional(set(string), [])
  })
  default = null

  validation {
    condition     = try(alltrue([for account in var.docker.trusted_accounts : can(regex("^[0-9]{12}$", account))]) && length(var.docker.trusted_accounts) <= 20, var.docker == null)
    error_message = "Up to 20 account IDs, each of 12 digits."
  }
}

variable "user_profiles" {
  description = "The users, by name of the user profile. What is null is as in the domain; tags are added to those of the module."
  type = map(object({
    execution_role_arn    = optional(string)
    security_group_ids    = optional(set(string))
    sso_user_name         = optional(string)
    hidden_instance_types = optional(set(string))
    space_storage = optional(object({
      default_size_in_gb = number
      max_size_in_gb     = number
    }))
    deletion_protection = optional(bool)
    tags                = optional(map(string), {})
  }))
  default = {}

  validation {
    condition     = alltrue([for name in keys(var.user_profiles) : can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", name)) && length(name) <= 63])
    error_message = "The name of a user profile has up to 63 letters, digits and hyphens, with a letter or a digit at both ends."
  }

  validation {
    condition     = alltrue([for profile in var.user_profiles : try(length(profile.security_group_ids) <= 5, true)])
    error_message = "A user profile has up to 5 security groups."
  }
}

variable "spaces" {
  description = "Spaces with their owners, by name. Private ones are used by the owner alone, Shared ones by everyone in the domain. Another owner, sharing_type or app_type replaces the space with its volume."
  type = map(object({
    owner                   = string
    sharing_type            = optional(string, "Private")
    app_type                = optional(string, "JupyterLab")
    display_name            = optional(string)
    instance_type           = optional(string)
    volume_size_in_gb       = optional(number)
    lifecycle_script        = optional(string)
    idle_timeout_in_minutes = optional(number)
    deletion_protection     = optional(bool)
    tags                    = optional(map(string), {})
  }))
  default = {}

  validation {
    condition     = alltrue([for name in keys(var.spaces) : can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", name)) && length(name) <= 63])
    error_message = "The name of a space has up to 63 letters, digits and hyphens, with a letter or a digit at both ends."
  }

  validation {
    condition     = alltrue([for space in var.spaces : contains(["Private", "Shared"], space.sharing_type)])
    error_message = "The sharing_type of a space is either Private or Shared."
  }

  validation {
    condition     = alltrue([for space in var.spaces : contains(["JupyterLab", "CodeEditor"], space.app_type)])
    error_message = "The app_type of a space is either JupyterLab or CodeEditor."
  }

  validation {
    condition     = alltrue([for space in var.spaces : try(space.idle_timeout_in_minutes >= 60 && space.idle_timeout_in_minutes <= 525600, space.idle_timeout_in_minutes == null)])
    error_message = "The idle timeout of a space is from 60 to 525600 minutes."
  }
}

variable "tags" {
  description = "Tags of the domain, the user profiles, the spaces and the scripts. Those of the domain are passed on to the apps."
  type        = map(string)
  default     = {}
}

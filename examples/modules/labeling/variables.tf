variable "workforce" {
  description = "Private workforce of the account in the region, of which there is one. With cognito or oidc it is created, otherwise the existing one of that name is used. To move to another identity provider, give it another name in the same change."
  type = object({
    name = string

    cognito = optional(object({
      user_pool_id = string
      client_id    = string
    }))

    oidc = optional(object({
      client_id                           = string
      issuer                              = string
      authorization_endpoint              = string
      token_endpoint                      = string
      user_info_endpoint                  = string
      logout_endpoint                     = string
      jwks_uri                            = string
      scope                               = optional(string)
      authentication_request_extra_params = optional(map(string))
    }))

    source_cidrs    = optional(set(string))
    ip_address_type = optional(string)

    vpc = optional(object({
      vpc_id             = string
      security_group_ids = set(string)
      subnets            = set(string)
    }))
  })

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9-]{0,62}$", var.workforce.name))
    error_message = "The name has 1 to 63 letters, digits and hyphens, and begins with a letter or a digit."
  }

  validation {
    condition     = var.workforce.cognito == null || var.workforce.oidc == null
    error_message = "Give either cognito or oidc, or neither to use the existing workforce."
  }

  validation {
    condition     = length(coalesce(var.workforce.source_cidrs, [])) <= 10 && alltrue([for cidr in coalesce(var.workforce.source_cidrs, []) : can(cidrnetmask(cidr)) || can(cidrhost(cidr, 0))])
    error_message = "source_cidrs has at most ten IP address ranges in CIDR notation, such as 192.0.2.0/24."
  }

  validation {
    condition     = contains(["ipv4", "dualstack"], coalesce(var.workforce.ip_address_type, "ipv4"))
    error_message = "ip_address_type is ipv4 or dualstack."
  }
}

variable "oidc_client_secret" {
  description = "Client secret of SageMaker at the identity provider, for workforce.oidc. It is in no plan and no state."
  type        = string
  default     = null
  ephemeral   = true
}

variable "oidc_client_secret_version" {
  description = "A number to change whenever oidc_client_secret changes."
  type        = number
  default     = 1

  validation {
    condition     = var.oidc_client_secret_version >= 1 && floor(var.oidc_client_secret_version) == var.oidc_client_secret_version
    error_message = "An integer of at least 1."
  }
}

variable "teams" {
  description = "Work teams, by name: groups of the user pool or of the identity provider."
  type = map(object({
    description           = string
    groups                = set(string)
    restrict_to_source_ip = optional(bool, false)

    notifications = optional(object({
      topic_arn = string
    }))
  }))

  validation {
    condition     = alltrue([for name, _ in var.teams : length(name) <= 63 && can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", name))])
    error_message = "The name of a team has 1 to 63 letters, digits and hyphens, with a letter or a digit at both ends."
  }

  validation {
    condition     = alltrue([for team in var.teams : length(team.groups) >= 1 && length(team.groups) <= 10])
    error_message = "A team has 1 to 10 groups."
  }

  validation {
    condition     = alltrue([for team in var.teams : can(regex("^.{1,200}$", team.description))])
    error_message = "The description of a team is one line of 1 to 200 characters."
  }
}

variable "human_task_uis" {
  description = "Worker pages of human review workflows, by name: templates of HTML with Liquid variables. A labeling job has its page in S3 instead."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name, _ in var.human_task_uis : length(name) <= 54 && can(regex("^[a-z0-9](-*[a-z0-9])*$", name))])
    error_message = "The name of a page has 1 to 54 lowercase letters, digits and hyphens, with a letter or a digit at both ends."
  }

  validation {
    condition     = alltrue([for template in values(var.human_task_uis) : length(template) >= 1 && length(template) <= 128000])
    error_message = "A template has 1 to 128,000 characters."
  }
}

variable "labeling_jobs" {
  description = "Labeling jobs, by name. Other settings of a job are another job, and stop the one before. Another revision runs the same settings again."
  type = map(object({
    revision                            = optional(number, 1)
    team                                = string
    role_arn                            = string
    label_attribute_name                = optional(string)
    label_category_config_s3_uri        = optional(string)
    pre_human_task_lambda_arn           = optional(string)
    annotation_consolidation_lambda_arn = string
    wait_for_completion                 = optional(bool, false)

    input = object({
      manifest_s3_uri = optional(string)
      sns_topic_arn   = optional(string)
    })

    output = object({
      s3_uri        = string
      kms_key_id    = optional(string)
      sns_topic_arn = optional(string)
    })

    ui = object({
      template_s3_uri   = optional(string)
      human_task_ui_arn = optional(string)
    })

    task = object({
      title                            = string
      description                      = string
      keywords                         = optional(set(string))
      time_limit_in_seconds            = optional(number, 3600)
      availability_lifetime_in_seconds = optional(number)
      workers_per_object               = optional(number, 1)
      max_concurrent_count             = optional(number)
    })

    automated_labeling = optional(object({
      algorithm_specification_arn       = string
      initial_active_learning_model_arn = optional(string)
      volume_kms_key_id                 = optional(string)

      vpc = optional(object({
        security_group_ids = set(string)
        subnets            = set(string)
      }))
    }))

    stopping_conditions = optional(object({
      max_human_labeled_object_count          = optional(number)
      max_percentage_of_input_dataset_labeled = optional(number)
    }))
  }))
  default = {}

  validation {
    condition     = alltrue([for name, _ in var.labeling_jobs : length(name) <= 54 && can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", name))])
    error_message = "The name of a job has 1 to 54 letters, digits and hyphens, with a letter or a digit at both ends: what makes it unique is added."
  }

  validation {
    condition     = alltrue([for name, job in var.labeling_jobs : !endswith(coalesce(job.label_attribute_name, name), "-metadata")])
    error_message = "label_attribute_name must not end with -metadata: the service stores metadata under that name."
  }

  validation {
    condition     = alltrue([for job in var.labeling_jobs : (job.input.manifest_s3_uri == null) != (job.input.sns_topic_arn == null)])
    error_message = "The input is either manifest_s3_uri or sns_topic_arn."
  }

  validation {
    condition     = alltrue([for job in var.labeling_jobs : (job.ui.template_s3_uri == null) != (job.ui.human_task_ui_arn == null)])
    error_message = "The ui is either template_s3_uri or human_task_ui_arn, which is for the pages that AWS has for point clouds, videos and named entities."
  }

  validation {
    condition     = alltrue([for job in var.labeling_jobs : job.task.workers_per_object >= 1 && job.task.workers_per_object <= 9])
    error_message = "workers_per_object is 1 to 9."
  }

  validation {
    condition     = alltrue([for job in var.labeling_jobs : length(job.task.title) >= 1 && length(job.task.title) <= 128 && can(regex("^.{1,255}$", job.task.description)) && job.task.time_limit_in_seconds >= 30])
    error_message = "A task has a title of up to 128 characters, a description of one line with up to 255, and a time limit of at least 30 seconds."
  }
}

variable "deletion_protection" {
  description = "Whether plans that would destroy or replace the workforce are refused. Null: the setting of the provider."
  type        = bool
  default     = null
}

variable "tags" {
  description = "Tags of the workforce, its teams, pages and jobs."
  type        = map(string)
  default     = {}
}

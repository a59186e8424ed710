variable "name" {
  description = "Name of the cluster, and of its policy. Another name replaces the cluster."
  type        = string

  validation {
    condition     = length(var.name) <= 63 && can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", var.name))
    error_message = "1 to 63 letters, digits and hyphens, with a letter or a digit at both ends."
  }
}

variable "execution_role_arn" {
  description = "ARN of the IAM role of the instances, unless their group has its own."
  type        = string
}

variable "eks" {
  description = "EKS cluster that orchestrates the instances. Null: Slurm."
  type = object({
    cluster_arn = string
  })
  default = null
}

variable "instance_groups" {
  description = "Instance groups, by name. The instance type, the role, the network and threads_per_core of a group cannot be changed in place: rename the group in the same change, and only the group is replaced."
  type = map(object({
    instance_type         = string
    instance_count        = number
    min_instance_count    = optional(number)
    execution_role_arn    = optional(string)
    image_id              = optional(string)
    image_release_version = optional(string)
    threads_per_core      = optional(number)
    training_plan_arn     = optional(string)
    spot                  = optional(bool, false)
    deep_health_checks    = optional(set(string))

    lifecycle_scripts = optional(object({
      source_s3_uri = string
      on_create     = optional(string, "on_create.sh")
    }))

    slurm = optional(object({
      node_type      = string
      partition_name = optional(string)
    }))

    kubernetes = optional(object({
      labels = optional(map(string))
      taints = optional(list(object({
        key    = string
        value  = optional(string)
        effect = string
      })), [])
    }))

    ebs_volume = optional(object({
      size_in_gb = number
      kms_key_id = optional(string)
    }))

    vpc = optional(object({
      security_group_ids = set(string)
      subnets            = set(string)
    }))

    software_updates = optional(object({
      schedule_expression      = string
      maximum_batch_size       = optional(number, 1)
      wait_interval_in_seconds = optional(number, 600)
      rollback_alarms          = optional(list(string), [])
    }))
  }))

  validation {
    condition     = length(var.instance_groups) >= 1 && length(var.instance_groups) <= 100
    error_message = "1 to 100 groups."
  }

  validation {
    condition     = alltrue([for name, _ in var.instance_groups : length(name) <= 63 && can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", name))])
    error_message = "The name of a group has 1 to 63 letters, digits and hyphens, with a letter or a digit at both ends."
  }

  validation {
    condition     = alltrue([for group in var.instance_groups : group.instance_count >= 0 && group.instance_count <= 6758 && floor(group.instance_count) == group.instance_count && coalesce(group.min_instance_count, 0) <= group.instance_count])
    error_message = "instance_count is an integer from 0 to 6758, and min_instance_count is not greater."
  }

  validation {
    condition     = alltrue([for group in var.instance_groups : contains([1, 2], coalesce(group.threads_per_core, 1))])
    error_message = "threads_per_core is 1 or 2."
  }

  validation {
    condition     = alltrue([for group in var.instance_groups : group.slurm == null || contains(["Controller", "Login", "Compute"], try(group.slurm.node_type, ""))])
    error_message = "The node_type of slurm is Controller, Login or Compute."
  }

  validation {
    condition     = alltrue(flatten([for group in var.instance_groups : [for taint in try(group.kubernetes.taints, []) : contains(["NoSchedule", "PreferNoSchedule", "NoExecute"], taint.effect)]]))
    error_message = "The effect of a taint is NoSchedule, PreferNoSchedule or NoExecute."
  }

  validation {
    condition     = alltrue(flatten([for group in var.instance_groups : [for check in coalesce(group.deep_health_checks, []) : contains(["InstanceStress", "InstanceConnectivity", "MultiNodeTrainingValidation"], check)]]))
    error_message = "deep_health_checks are InstanceStress, InstanceConnectivity and MultiNodeTrainingValidation."
  }

  validation {
    condition     = alltrue([for group in var.instance_groups : group.image_id != "default"])
    error_message = "Leave image_id out for the default image of the service."
  }
}

variable "lifecycle_scripts" {
  description = "S3 URI of the scripts that run on new instances, unless their group has its own, and the name of the first script. Null: none."
  type = object({
    source_s3_uri = string
    on_create     = optional(string, "on_create.sh")
  })
  default = null

  validation {
    condition     = var.lifecycle_scripts == null || startswith(try(var.lifecycle_scripts.source_s3_uri, ""), "s3://")
    error_message = "source_s3_uri is an S3 URI, such as s3://sagemaker-lifecycle.example.com/research/."
  }
}

variable "vpc" {
  description = "Subnets and security groups of the instances. Null: the network of the service."
  type = object({
    security_group_ids = set(string)
    subnets            = set(string)
  })
  default = null
}

variable "root_volume_encryption" {
  description = "KMS key that encrypts the root volumes of all instances. Null: the key of the service."
  type = object({
    kms_key_id = string
  })
  default = null
}

variable "node_recovery" {
  description = "Whether faulty nodes are rebooted or replaced automatically: Automatic or None."
  type        = string
  default     = "Automatic"

  validation {
    condition     = contains(["Automatic", "None"], var.node_recovery)
    error_message = "Automatic or None."
  }
}

variable "node_provisioning_mode" {
  description = "Continuous adds instances one by one, and retries until all are available. Null: all at once."
  type        = string
  default     = null

  validation {
    condition     = coalesce(var.node_provisioning_mode, "Continuous") == "Continuous"
    error_message = "Continuous, or null."
  }
}

variable "cluster_role_arn" {
  description = "ARN of the IAM role that scales the cluster. Needed for auto_scaling."
  type        = string
  default     = null
}

variable "auto_scaling" {
  description = "Whether Karpenter scales the nodes. Null: the setting of the cluster stays as it is."
  type        = bool
  default     = null
}

variable "scheduler" {
  description = "Cluster policy: the weights of the priority classes, and whether idle compute is shared by the weights of the teams. Null: none."
  type = object({
    description      = optional(string)
    fair_share       = optional(bool, true)
    priority_classes = optional(map(number), {})
  })
  default = null

  validation {
    condition     = var.scheduler == null || length(try(var.scheduler.priority_classes, {})) <= 10
    error_message = "At most 10 priority classes."
  }

  validation {
    condition     = alltrue([for name, weight in try(var.scheduler.priority_classes, {}) : can(regex("^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", name)) && weight >= 0 && weight <= 100])
    error_message = "A priority class has a name of up to 40 lowercase letters, digits and hyphens, and a weight from 0 to 100."
  }
}

variable "team_quotas" {
  description = "Compute quotas, by team: instances, or parts of them, by instance type, and what the team lends and borrows."
  type = map(object({
    description        = optional(string)
    enabled            = optional(bool, true)
    fair_share_weight  = optional(number, 0)
    strategy           = optional(string, "LendAndBorrow")
    borrow_limit       = optional(number)
    preempt_team_tasks = optional(string, "LowerPriority")
    resources = map(object({
      count         = optional(number)
      accelerators  = optional(number)
      vcpu          = optional(number)
      memory_in_gib = optional(number)
    }))
  }))
  default = {}

  validation {
    condition     = alltrue([for team, _ in var.team_quotas : can(regex("^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", team))])
    error_message = "The name of a team has up to 40 lowercase letters, digits and hyphens, with a letter or a digit at both ends."
  }

  validation {
    condition     = alltrue([for quota in var.team_quotas : contains(["Lend", "DontLend", "LendAndBorrow"], quota.strategy)])
    error_message = "The strategy is Lend, DontLend or LendAndBorrow."
  }

  validation {
    condition     = alltrue([for quota in var.team_quotas : quota.borrow_limit == null || quota.strategy == "LendAndBorrow"])
    error_message = "Only a team with the strategy LendAndBorrow has a borrow_limit."
  }

  validation {
    condition     = alltrue([for quota in var.team_quotas : contains(["Never", "LowerPriority"], quota.preempt_team_tasks)])
    error_message = "preempt_team_tasks is Never or LowerPriority."
  }

  validation {
    condition     = alltrue([for quota in var.team_quotas : quota.fair_share_weight >= 0 && quota.fair_share_weight <= 100])
    error_message = "fair_share_weight is from 0 to 100."
  }
}

variable "deletion_protection" {
  description = "Whether plans that would destroy or replace the cluster are refused. To destroy it, set this to false and apply."
  type        = bool
  default     = true
}

variable "timeouts" {
  description = "Timeouts of the creation, an update and the deletion of the cluster."
  type = object({
    create = optional(string, "4h")
    update = optional(string, "4h")
    delete = optional(string, "1h")
  })
  default = {}
}

variable "tags" {
  description = "Tags of the cluster, its policy and its quotas."
  type        = map(string)
  default     = {}
}

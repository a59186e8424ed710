# A HyperPod cluster on EKS that two teams share: its instances, lifecycle scripts and software updates, priorities and quotas.

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

  default_tags {
    tags = {
      environment = "research"
      managed-by  = "terraform"
    }
  }
}

variable "name" {
  description = "Name of the cluster."
  type        = string
  default     = "research"
}

variable "eks_cluster_arn" {
  description = "ARN of the EKS cluster that orchestrates the instances."
  type        = string
  default     = "arn:aws:eks:us-east-1:123456789012:cluster/research"
}

variable "instance_count" {
  description = "Number of instances for training."
  type        = number
  default     = 4
}

variable "deletion_protection" {
  description = "Whether plans that would destroy or replace the cluster are refused. In production, leave it true."
  type        = bool
  default     = false
}

module "cluster" {
  source = "../modules/hyperpod-cluster"

  name                   = var.name
  eks                    = { cluster_arn = var.eks_cluster_arn }
  execution_role_arn     = "arn:aws:iam::123456789012:role/research-nodes"
  lifecycle_scripts      = { source_s3_uri = "s3://research-lifecycle/eks/" }
  root_volume_encryption = { kms_key_id = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555" }
  deletion_protection    = var.deletion_protection
  timeouts               = { create = "6h" }

  vpc = {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnets            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }

  instance_groups = {
    system = {
      instance_type  = "ml.m5.2xlarge"
      instance_count = 2
      kubernetes     = { labels = { pool = "system" } }
    }

    training = {
      instance_type      = "ml.p5.48xlarge"
      instance_count     = var.instance_count
      min_instance_count = 1
      deep_health_checks = ["InstanceStress", "InstanceConnectivity"]
      ebs_volume         = { size_in_gb = 500, kms_key_id = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555" }
      kubernetes         = { labels = { pool = "training" }, taints = [{ key = "pool", value = "training", effect = "NoSchedule" }] }
      software_updates   = { schedule_expression = "cron(0 3 ? * SUN *)", rollback_alarms = ["research-node-failures"] }
    }
  }

  scheduler = {
    description      = "Inference first, then training, then experiments."
    priority_classes = { inference = 90, training = 50, experiments = 10 }
  }

  team_quotas = {
    vision = { resources = { "ml.p5.48xlarge" = { count = var.instance_count - 1 } }, fair_share_weight = 20, borrow_limit = 50 }
    speech = { resources = { "ml.p5.48xlarge" = { count = 1 } }, fair_share_weight = 10, borrow_limit = 100 }
  }

  tags = { team = "research" }
}

output "cluster_arn" {
  value = module.cluster.cluster_arn
}

output "instance_counts" {
  value = module.cluster.instance_counts
}

output "quota_ids" {
  value = module.cluster.quota_ids
}

output "log_group_name" {
  value = module.cluster.log_group_name
}

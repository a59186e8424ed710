resource "sagemaker_cluster" "this" {
  cluster_name           = var.name
  cluster_role           = var.cluster_role_arn
  node_recovery          = var.node_recovery
  node_provisioning_mode = var.node_provisioning_mode
  deletion_protection    = var.deletion_protection
  tags                   = var.tags

  dynamic "orchestrator" {
    for_each = var.eks[*]

    content {
      eks {
        cluster_arn = orchestrator.value.cluster_arn
      }
    }
  }

  dynamic "auto_scaling" {
    for_each = var.auto_scaling[*]

    content {
      mode             = auto_scaling.value ? "Enable" : "Disable"
      auto_scaler_type = auto_scaling.value ? "Karpenter" : null
    }
  }

  # Groups are identified by their names: another order of the map changes nothing, and another name replaces only that group.
  dynamic "instance_groups" {
    for_each = var.instance_groups

    content {
      instance_group_name         = instance_groups.key
      instance_type               = instance_groups.value.instance_type
      instance_count              = instance_groups.value.instance_count
      min_instance_count          = instance_groups.value.min_instance_count
      execution_role              = coalesce(instance_groups.value.execution_role_arn, var.execution_role_arn)
      image_id                    = instance_groups.value.image_id
      image_release_version       = instance_groups.value.image_release_version
      threads_per_core            = instance_groups.value.threads_per_core
      training_plan_arn           = instance_groups.value.training_plan_arn
      on_start_deep_health_checks = instance_groups.value.deep_health_checks

      dynamic "life_cycle_config" {
        for_each = try(coalesce(instance_groups.value.lifecycle_scripts, var.lifecycle_scripts), null)[*]

        content {
          source_s3_uri = life_cycle_config.value.source_s3_uri
          on_create     = life_cycle_config.value.on_create
        }
      }

      dynamic "slurm_config" {
        for_each = instance_groups.value.slurm[*]

        content {
          node_type       = slurm_config.value.node_type
          partition_names = slurm_config.value.partition_name[*]
        }
      }

      dynamic "kubernetes_config" {
        for_each = instance_groups.value.kubernetes[*]

        content {
          labels = kubernetes_config.value.labels

          dynamic "taints" {
            for_each = kubernetes_config.value.taints

            content {
              key    = taints.value.key
              value  = taints.value.value
              effect = taints.value.effect
            }
          }
        }
      }

      dynamic "capacity_requirements" {
        for_each = instance_groups.value.spot ? [true] : []

        content {
          spot {}
        }
      }

      dynamic "instance_storage_configs" {
        for_each = var.root_volume_encryption[*]

        content {
          ebs_volume_config {
            root_volume       = true
            volume_kms_key_id = instance_storage_configs.value.kms_key_id
          }
        }
      }

      dynamic "instance_storage_configs" {
        for_each = instance_groups.value.ebs_volume[*]

        content {
          ebs_volume_config {
            volume_size_in_gb = instance_storage_configs.value.size_in_gb
            volume_kms_key_id = instance_storage_configs.value.kms_key_id
          }
        }
      }

      dynamic "override_vpc_config" {
        for_each = instance_groups.value.vpc[*]

        content {
          security_group_ids = override_vpc_config.value.security_group_ids
          subnets            = override_vpc_config.value.subnets
        }
      }

      dynamic "scheduled_update_config" {
        for_each = instance_groups.value.software_updates[*]

        content {
          schedule_expression = scheduled_update_config.value.schedule_expression

          deployment_config {
            wait_interval_in_seconds = scheduled_update_config.value.wait_interval_in_seconds

            rolling_update_policy {
              maximum_batch_size {
                type  = "INSTANCE_COUNT"
                value = scheduled_update_config.value.maximum_batch_size
              }
            }

            dynamic "auto_rollback_configuration" {
              for_each = scheduled_update_config.value.rollback_alarms

              content {
                alarm_name = auto_rollback_configuration.value
              }
            }
          }
        }
      }
    }
  }

  dynamic "vpc_config" {
    for_each = var.vpc[*]

    content {
      security_group_ids = vpc_config.value.security_group_ids
      subnets            = vpc_config.value.subnets
    }
  }

  timeouts {
    create = var.timeouts.create
    update = var.timeouts.update
    delete = var.timeouts.delete
  }

  lifecycle {
    precondition {
      condition     = var.eks == null || var.vpc != null
      error_message = "A cluster that EKS orchestrates has to be in the VPC of the EKS cluster: give vpc."
    }

    precondition {
      condition     = var.eks == null || alltrue([for group in var.instance_groups : group.slurm == null])
      error_message = "The groups of a cluster that EKS orchestrates have no slurm."
    }

    precondition {
      condition     = var.eks != null || alltrue([for group in var.instance_groups : group.kubernetes == null])
      error_message = "Only the groups of a cluster that EKS orchestrates have kubernetes. Give eks, or leave kubernetes out."
    }

    precondition {
      condition     = !coalesce(var.auto_scaling, false) || (var.eks != null && var.node_provisioning_mode == "Continuous" && try(length(var.cluster_role_arn) > 0, false))
      error_message = "Automatic scaling needs eks, node_provisioning_mode = \"Continuous\" and cluster_role_arn."
    }
  }
}

resource "sagemaker_cluster_scheduler_config" "this" {
  count = var.scheduler == null ? 0 : 1

  name        = var.name
  cluster_arn = sagemaker_cluster.this.arn
  description = var.scheduler.description
  tags        = var.tags

  scheduler_config {
    fair_share = var.scheduler.fair_share ? "Enabled" : "Disabled"

    dynamic "priority_classes" {
      for_each = var.scheduler.priority_classes

      content {
        name   = priority_classes.key
        weight = priority_classes.value
      }
    }
  }

  lifecycle {
    precondition {
      condition     = var.eks != null
      error_message = "Only a cluster that EKS orchestrates has a cluster policy. Give eks, or leave scheduler out."
    }
  }
}

resource "sagemaker_compute_quota" "this" {
  for_each = var.team_quotas

  name             = each.key
  cluster_arn      = sagemaker_cluster.this.arn
  description      = each.value.description
  activation_state = each.value.enabled ? "Enabled" : "Disabled"
  tags             = var.tags

  compute_quota_config {
    preempt_team_tasks = each.value.preempt_team_tasks

    dynamic "compute_quota_resources" {
      for_each = each.value.resources

      content {
        instance_type = compute_quota_resources.key
        count         = compute_quota_resources.value.count
        accelerators  = compute_quota_resources.value.accelerators
        vcpu          = compute_quota_resources.value.vcpu
        memory_in_gib = compute_quota_resources.value.memory_in_gib
      }
    }

    resource_sharing_config {
      strategy     = each.value.strategy
      borrow_limit = each.value.borrow_limit
    }
  }

  compute_quota_target {
    team_name         = each.key
    fair_share_weight = each.value.fair_share_weight
  }

  lifecycle {
    precondition {
      condition     = var.eks != null
      error_message = "Only a cluster that EKS orchestrates has compute quotas. Give eks, or leave team_quotas out."
    }
  }
}

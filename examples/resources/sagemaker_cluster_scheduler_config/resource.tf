variable "cluster_arn" {
  description = "ARN of the cluster."
  type        = string
}

resource "sagemaker_cluster_scheduler_config" "research" {
  name        = "research"
  cluster_arn = var.cluster_arn

  scheduler_config {
    fair_share = "Enabled"

    priority_classes {
      name   = "inference"
      weight = 90
    }

    priority_classes {
      name   = "training"
      weight = 50
    }
  }
}

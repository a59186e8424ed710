variable "cluster_arn" {
  description = "ARN of the cluster."
  type        = string
}

resource "sagemaker_compute_quota" "vision" {
  name        = "vision"
  cluster_arn = var.cluster_arn

  compute_quota_config {
    compute_quota_resources {
      instance_type = "ml.p5.48xlarge"
      count         = 2
    }

    resource_sharing_config {
      strategy     = "LendAndBorrow"
      borrow_limit = 100
    }
  }

  compute_quota_target {
    team_name         = "vision"
    fair_share_weight = 20
  }
}

resource "sagemaker_compute_quota" "vision" {
  name        = "vision"
  cluster_arn = "arn:aws:sagemaker:eu-central-1:123456789012:cluster/0123456789ab"

  compute_quota_config {
    compute_quota_resource {
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

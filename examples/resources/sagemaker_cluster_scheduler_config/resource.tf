resource "sagemaker_cluster_scheduler_config" "research" {
  name        = "research"
  cluster_arn = "arn:aws:sagemaker:eu-central-1:123456789012:cluster/0123456789ab"

  scheduler_config {
    fair_share = "Enabled"

    priority_class {
      name   = "inference"
      weight = 90
    }

    priority_class {
      name   = "training"
      weight = 50
    }
  }
}

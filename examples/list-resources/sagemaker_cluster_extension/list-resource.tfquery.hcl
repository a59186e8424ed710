variable "cluster_arn" {
  type        = string
  description = "ARN of the HyperPod cluster whose extensions are listed."
}

list "sagemaker_cluster_extension" "all" {
  provider = sagemaker
  limit    = 1000

  config {
    cluster_arn = var.cluster_arn
  }
}

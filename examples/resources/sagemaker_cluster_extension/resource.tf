variable "cluster_arn" {
  description = "ARN of the cluster."
  type        = string
}

resource "sagemaker_cluster_extension" "observability" {
  cluster_arn    = var.cluster_arn
  extension_name = "sagemaker-observability"

  configuration_values = jsonencode({
    metricsProvider = { nodeMetrics = { level = "ADVANCED" } }
  })
}

resource "sagemaker_cluster_extension" "observability" {
  cluster_arn    = "arn:aws:sagemaker:eu-central-1:123456789012:cluster/0123456789ab"
  extension_name = "sagemaker-observability"

  configuration_values = jsonencode({
    metricsProvider = { nodeMetrics = { level = "ADVANCED" } }
  })
}

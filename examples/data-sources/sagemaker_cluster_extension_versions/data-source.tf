data "sagemaker_cluster_extension_versions" "observability" {
  extension_name = "sagemaker-observability"
}

output "versions" {
  value = data.sagemaker_cluster_extension_versions.observability.extension_versions[*].extension_version
}

data "sagemaker_image_versions" "tools" {
  image_name  = "tools"
  sort_by     = "VERSION"
  sort_order  = "DESCENDING"
  max_results = 1
}

output "latest" {
  value = one(data.sagemaker_image_versions.tools.image_versions).version
}

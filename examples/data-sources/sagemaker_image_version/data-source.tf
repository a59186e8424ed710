# The latest version. `version` would name another one.
data "sagemaker_image_version" "latest" {
  image_name = "tools"
}

output "container_image" {
  value = data.sagemaker_image_version.latest.container_image
}

data "sagemaker_image_version" "first" {
  image_name = "tools"
  version    = 1
}

output "container_image" {
  value = data.sagemaker_image_version.first.container_image
}

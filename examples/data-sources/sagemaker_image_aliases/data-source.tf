data "sagemaker_image_aliases" "tools" {
  image_name = "tools"
  version    = 1
}

output "aliases" {
  value = data.sagemaker_image_aliases.tools.sagemaker_image_version_aliases
}

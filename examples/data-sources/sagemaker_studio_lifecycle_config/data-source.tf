data "sagemaker_studio_lifecycle_config" "packages" {
  studio_lifecycle_config_name = "packages"
}

output "script" {
  value = base64decode(data.sagemaker_studio_lifecycle_config.packages.studio_lifecycle_config_content)
}

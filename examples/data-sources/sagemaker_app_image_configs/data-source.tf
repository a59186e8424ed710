data "sagemaker_app_image_configs" "lab" {
  name_contains = "lab"
  sort_by       = "Name"
  sort_order    = "Ascending"
}

output "configs" {
  value = data.sagemaker_app_image_configs.lab.app_image_configs[*].app_image_config_name
}

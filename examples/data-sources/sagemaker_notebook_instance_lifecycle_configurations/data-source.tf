data "sagemaker_notebook_instance_lifecycle_configurations" "idle" {
  name_contains = "idle"
}

output "names" {
  value = data.sagemaker_notebook_instance_lifecycle_configurations.idle.notebook_instance_lifecycle_configs[*].notebook_instance_lifecycle_config_name
}

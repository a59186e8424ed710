data "sagemaker_studio_lifecycle_configs" "jupyter_lab" {
  app_type_equals = "JupyterLab"
}

output "arns" {
  value = data.sagemaker_studio_lifecycle_configs.jupyter_lab.studio_lifecycle_configs[*].studio_lifecycle_config_arn
}

resource "sagemaker_studio_lifecycle_config" "test" {
  studio_lifecycle_config_name     = var.name
  studio_lifecycle_config_app_type = "JupyterLab"
  studio_lifecycle_config_content  = base64encode("echo 1")
  tags                             = { team = "growth" }
}

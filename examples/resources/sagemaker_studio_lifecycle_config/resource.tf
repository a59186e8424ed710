resource "sagemaker_studio_lifecycle_config" "packages" {
  studio_lifecycle_config_name     = "packages"
  studio_lifecycle_config_app_type = "JupyterLab"
  studio_lifecycle_config_content  = base64encode("pip install --quiet polars\n")
}

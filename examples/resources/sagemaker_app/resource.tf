resource "sagemaker_app" "lab" {
  domain_id  = "d-abcdefghijkl"
  space_name = "shared"
  app_type   = "JupyterLab"
  app_name   = "default"

  resource_spec {
    instance_type = "ml.t3.medium"
  }
}

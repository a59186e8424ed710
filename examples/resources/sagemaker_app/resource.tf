variable "domain_id" {
  description = "ID of the domain."
  type        = string
}

resource "sagemaker_app" "lab" {
  domain_id  = var.domain_id
  space_name = "shared"
  app_type   = "JupyterLab"
  app_name   = "default"

  resource_spec {
    instance_type = "ml.t3.medium"
  }
}

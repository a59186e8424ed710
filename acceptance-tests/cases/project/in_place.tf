resource "sagemaker_project" "test" {
  project_name        = var.name
  project_description = "Second"

  service_catalog_provisioning_details {
    product_id = "prod-0123456789abc"

    provisioning_parameter {
      key   = "Branch"
      value = "main"
    }
  }

  tags = { step = "first" }
}

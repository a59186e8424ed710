resource "sagemaker_project" "test" {
  project_name        = var.name
  project_description = "First"

  service_catalog_provisioning_details {
    product_id = "prod-0123456789abc"
  }

  tags = { step = "first" }
}

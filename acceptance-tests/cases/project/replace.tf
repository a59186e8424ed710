resource "sagemaker_project" "test" {
  project_name        = "${var.name}-again"
  project_description = "First"

  service_catalog_provisioning_details {
    product_id = "prod-9876543210abc"
  }

  tags = { step = "first" }
}

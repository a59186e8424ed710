resource "sagemaker_project" "churn" {
  project_name        = "churn"
  project_description = "Everything for the churn model."

  service_catalog_provisioning_details {
    product_id = "prod-0123456789abc"

    provisioning_parameter {
      key   = "RepositoryName"
      value = "churn"
    }
  }
}

# The latest approved version.
data "sagemaker_model_packages" "approved" {
  model_package_group_name = "churn-classifier"
  model_approval_status    = "Approved"
  sort_by                  = "CreationTime"
  sort_order               = "Descending"
  max_results              = 1
}

data "sagemaker_model_package" "latest" {
  arn = one(data.sagemaker_model_packages.approved.model_package_summary_list).model_package_arn
}

resource "sagemaker_model" "churn" {
  name               = "churn-from-registry"
  execution_role_arn = "arn:aws:iam::123456789012:role/models"

  primary_container {
    model_package_name = data.sagemaker_model_package.latest.arn
  }
}

output "data_set" {
  value = data.sagemaker_model_package.latest.customer_metadata_properties["data_set"]
}

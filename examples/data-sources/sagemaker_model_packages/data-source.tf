# The latest approved version; null if nothing was ever approved.
data "sagemaker_model_packages" "approved" {
  model_package_group_name = "churn-classifier"
  model_approval_status    = "Approved"
  sort_by                  = "CreationTime"
  sort_order               = "Descending"
  max_results              = 1
}

output "latest" {
  value = one(
    data.sagemaker_model_packages.approved.model_package_summary_list[*].model_package_arn
  )
}

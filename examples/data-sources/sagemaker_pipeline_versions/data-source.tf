data "sagemaker_pipeline_versions" "churn" {
  pipeline_name = "churn"
  sort_order    = "Descending"
  max_results   = 1
}

output "latest" {
  value = one(
    data.sagemaker_pipeline_versions.churn.pipeline_version_summaries
  ).pipeline_version_id
}

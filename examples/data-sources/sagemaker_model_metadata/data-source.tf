data "sagemaker_model_metadata" "xgboost" {
  search_expression {
    filters {
      name  = "Framework"
      value = "XGBOOST"
    }
  }
}

output "tasks" {
  value = toset(data.sagemaker_model_metadata.xgboost.model_metadata_summaries[*].task)
}

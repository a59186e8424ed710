data "sagemaker_model_explainability_job_definitions" "churn" {
  name_contains = "churn"
}

output "names" {
  value = data.sagemaker_model_explainability_job_definitions.churn.job_definition_summaries[*].monitoring_job_definition_name
}

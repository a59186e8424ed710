data "sagemaker_pipelines" "churn" {
  pipeline_name_prefix = "churn"
}

output "names" {
  value = data.sagemaker_pipelines.churn.pipeline_summaries[*].pipeline_name
}

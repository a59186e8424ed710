data "sagemaker_pipeline_executions" "latest" {
  pipeline_name = "churn"
  sort_by       = "CreationTime"
  sort_order    = "Descending"
  max_results   = 1
}

data "sagemaker_pipeline_execution_parameters" "latest" {
  pipeline_execution_arn = one(
    data.sagemaker_pipeline_executions.latest.pipeline_execution_summaries
  ).pipeline_execution_arn
}

output "parameters" {
  value = {
    for parameter in data.sagemaker_pipeline_execution_parameters.latest.pipeline_parameters :
    parameter.name => parameter.value
  }
}

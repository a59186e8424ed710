data "sagemaker_pipeline_executions" "churn" {
  pipeline_name = "churn"
  sort_by       = "CreationTime"
  sort_order    = "Descending"
  max_results   = 5
}

output "states" {
  value = {
    for execution in data.sagemaker_pipeline_executions.churn.pipeline_execution_summaries :
    execution.start_time => execution.pipeline_execution_status
  }
}

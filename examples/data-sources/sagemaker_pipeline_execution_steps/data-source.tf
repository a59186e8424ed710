data "sagemaker_pipeline_executions" "latest" {
  pipeline_name = "churn"
  sort_by       = "CreationTime"
  sort_order    = "Descending"
  max_results   = 1
}

data "sagemaker_pipeline_execution_steps" "latest" {
  pipeline_execution_arn = one(
    data.sagemaker_pipeline_executions.latest.pipeline_execution_summaries
  ).pipeline_execution_arn
}

output "states" {
  value = {
    for step in data.sagemaker_pipeline_execution_steps.latest.pipeline_execution_steps :
    step.step_name => step.step_status
  }
}

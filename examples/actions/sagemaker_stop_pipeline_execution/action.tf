data "sagemaker_pipeline_executions" "latest" {
  pipeline_name = "churn"
  sort_by       = "CreationTime"
  sort_order    = "Descending"
  max_results   = 1
}

action "sagemaker_stop_pipeline_execution" "latest" {
  config {
    pipeline_execution_arn = one(
      data.sagemaker_pipeline_executions.latest.pipeline_execution_summaries
    ).pipeline_execution_arn
  }
}

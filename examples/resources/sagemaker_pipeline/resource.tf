resource "sagemaker_pipeline" "churn" {
  pipeline_name            = "churn"
  pipeline_display_name    = "churn"
  pipeline_description     = "Trains and registers the churn model."
  pipeline_version_aliases = ["production"]
  role_arn                 = "arn:aws:iam::123456789012:role/sagemaker-pipelines"

  pipeline_definition = jsonencode({
    Version = "2020-12-01"
    Steps = [{
      Name = "Stop"
      Type = "Fail"
      Arguments = {
        ErrorMessage = "There are no steps yet."
      }
    }]
  })

  parallelism_configuration {
    max_parallel_execution_steps = 4
  }
}

resource "sagemaker_pipeline" "test" {
  pipeline_name         = var.name
  pipeline_display_name = var.name
  pipeline_description  = "Second"
  role_arn              = "arn:aws:iam::123456789012:role/tests"

  pipeline_definition = jsonencode({
    Version = "2020-12-01"
    Steps   = [{ Name = "Stop", Type = "Fail", Arguments = { ErrorMessage = "second" } }]
  })

  parallelism_configuration {
    max_parallel_execution_steps = 2
  }
}

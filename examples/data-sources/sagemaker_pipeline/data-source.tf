data "sagemaker_pipeline" "churn" {
  pipeline_name = "churn"
}

output "steps" {
  value = [
    for step in jsondecode(data.sagemaker_pipeline.churn.pipeline_definition).Steps : step.Name
  ]
}

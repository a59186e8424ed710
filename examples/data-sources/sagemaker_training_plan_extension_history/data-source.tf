data "sagemaker_training_plans" "active" {
  filters {
    name  = "Status"
    value = "Active"
  }
}

data "sagemaker_training_plan_extension_history" "first" {
  training_plan_arn = data.sagemaker_training_plans.active.training_plan_summaries[0].training_plan_arn
}

output "ends" {
  value = data.sagemaker_training_plan_extension_history.first.training_plan_extensions[*].end_date
}

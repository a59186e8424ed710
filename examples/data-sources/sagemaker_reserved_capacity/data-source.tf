data "sagemaker_training_plans" "active" {
  filters {
    name  = "Status"
    value = "Active"
  }
}

data "sagemaker_reserved_capacity" "first" {
  reserved_capacity_arn = data.sagemaker_training_plans.active.training_plan_summaries[0].reserved_capacity_summaries[0].reserved_capacity_arn
}

output "free_instances" {
  value = data.sagemaker_reserved_capacity.first.available_instance_count
}

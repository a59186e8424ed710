data "sagemaker_training_plans" "active" {
  sort_by    = "StartTime"
  sort_order = "Ascending"

  filters {
    name  = "Status"
    value = "Active"
  }
}

output "free_instances" {
  value = {
    for plan in data.sagemaker_training_plans.active.training_plan_summaries :
    plan.training_plan_name => plan.available_instance_count
  }
}

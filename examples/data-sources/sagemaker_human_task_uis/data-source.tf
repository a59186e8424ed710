data "sagemaker_human_task_uis" "all" {
  sort_order = "Ascending"
}

output "arns" {
  value = data.sagemaker_human_task_uis.all.human_task_ui_summaries[*].human_task_ui_arn
}

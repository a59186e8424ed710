data "sagemaker_ai_workload_configs" "chat" {
  name_contains = "chat"
  sort_by       = "Name"
  sort_order    = "Ascending"
}

output "configs" {
  value = data.sagemaker_ai_workload_configs.chat.ai_workload_configs[*].ai_workload_config_arn
}

data "sagemaker_training_plans" "active" {
  filters {
    name  = "Status"
    value = "Active"
  }
}

data "sagemaker_reserved_capacity_ultra_servers" "first" {
  reserved_capacity_arn = data.sagemaker_training_plans.active.training_plan_summaries[0].reserved_capacity_summaries[0].reserved_capacity_arn
}

output "healthy" {
  value = [
    for server in data.sagemaker_reserved_capacity_ultra_servers.first.ultra_servers :
    server.ultra_server_id
    if server.health_status == "OK"
  ]
}

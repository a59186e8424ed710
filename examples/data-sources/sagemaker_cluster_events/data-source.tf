data "sagemaker_cluster_events" "workers" {
  cluster_name        = "research"
  instance_group_name = "workers"
  event_time_after    = "2026-01-01T00:00:00Z"
  max_results         = 20
}

output "events" {
  value = data.sagemaker_cluster_events.workers.events[*].description
}

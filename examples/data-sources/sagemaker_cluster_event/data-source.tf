data "sagemaker_cluster_events" "latest" {
  cluster_name = "research"
  sort_by      = "EventTime"
  sort_order   = "Descending"
  max_results  = 1
}

data "sagemaker_cluster_event" "latest" {
  cluster_name = "research"
  event_id     = one(data.sagemaker_cluster_events.latest.events).event_id
}

output "details" {
  value = data.sagemaker_cluster_event.latest.event_details[0].event_details
}

output "schedule_names" {
  description = "Names of the schedules, by type of monitoring, for alarms on their metrics and for the actions that pause and resume them."
  value       = { for type, schedule in sagemaker_monitoring_schedule.this : type => schedule.name }
}

output "schedule_arns" {
  description = "ARNs of the schedules, by type of monitoring."
  value       = { for type, schedule in sagemaker_monitoring_schedule.this : type => schedule.arn }
}

output "job_definition_names" {
  description = "Names of the current job definitions, by type of monitoring."
  value       = { for type, definition in local.definitions : type => definition.name }
}

output "job_definition_arns" {
  description = "ARNs of the current job definitions, by type of monitoring."
  value       = { for type, definition in local.definitions : type => definition.arn }
}

output "report_s3_uris" {
  description = "S3 URIs under which the reports are stored, by type of monitoring."
  value       = local.reports
}

output "schedule_creation_times" {
  description = "Times when the schedules were created (RFC 3339). They stay the same as long as the schedules are updated in place."
  value       = { for type, schedule in sagemaker_monitoring_schedule.this : type => schedule.creation_time }
}

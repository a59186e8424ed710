output "arn" {
  description = "ARN of the tracking server or of the app."
  value       = one(concat(sagemaker_mlflow_tracking_server.this[*].arn, sagemaker_mlflow_app.this[*].arn))
}

output "tracking_uri" {
  description = "Tracking URI for MLflow clients with the plugin sagemaker-mlflow: the ARN."
  value       = one(concat(sagemaker_mlflow_tracking_server.this[*].arn, sagemaker_mlflow_app.this[*].arn))
}

output "tracking_server_name" {
  description = "Name of the tracking server, for presigned URLs. Null if there is an app."
  # From the ARN, which is unknown until the server exists: a presigned URL is not requested before.
  value = one([for server in sagemaker_mlflow_tracking_server.this : element(split("/", server.arn), 1)])
}

output "tracking_server_url" {
  description = "URL of the tracking server. Null if there is an app."
  value       = one(sagemaker_mlflow_tracking_server.this[*].tracking_server_url)
}

output "app_arn" {
  description = "ARN of the app, for presigned URLs. Null if there is a tracking server."
  value       = one(sagemaker_mlflow_app.this[*].arn)
}

output "mlflow_version" {
  description = "Version of MLflow."
  value       = one(concat(sagemaker_mlflow_tracking_server.this[*].mlflow_version, sagemaker_mlflow_app.this[*].mlflow_version))
}

output "creation_time" {
  description = "Time when the tracking server or the app was created (RFC 3339). It stays the same as long as it is updated in place."
  value       = one(concat(sagemaker_mlflow_tracking_server.this[*].creation_time, sagemaker_mlflow_app.this[*].creation_time))
}

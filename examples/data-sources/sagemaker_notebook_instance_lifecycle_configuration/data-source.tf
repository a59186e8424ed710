data "sagemaker_notebook_instance_lifecycle_configuration" "idle" {
  name = "idle"
}

output "script" {
  value = base64decode(data.sagemaker_notebook_instance_lifecycle_configuration.idle.on_start)
}

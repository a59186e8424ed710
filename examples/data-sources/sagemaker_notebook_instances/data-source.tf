data "sagemaker_notebook_instances" "running" {
  status_equals = "InService"
}

output "types" {
  value = {
    for notebook in data.sagemaker_notebook_instances.running.notebook_instances :
    notebook.notebook_instance_name => notebook.instance_type
  }
}

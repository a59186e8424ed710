resource "sagemaker_notebook_instance_lifecycle_configuration" "idle" {
  name     = "idle"
  on_start = base64encode("echo started\n")
}

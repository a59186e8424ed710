resource "sagemaker_notebook_instance_lifecycle_configuration" "test" {
  name     = "${var.name}-2"
  on_start = base64encode("echo 3")
}

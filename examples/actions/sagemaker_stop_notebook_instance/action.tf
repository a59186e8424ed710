action "sagemaker_stop_notebook_instance" "research" {
  config {
    notebook_instance_name = "research"
  }
}

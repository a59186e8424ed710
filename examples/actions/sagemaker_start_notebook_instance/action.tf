action "sagemaker_start_notebook_instance" "research" {
  config {
    notebook_instance_name = "research"
  }
}

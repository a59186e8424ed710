ephemeral "sagemaker_presigned_notebook_instance_url" "research" {
  notebook_instance_name = "research"
}

data "sagemaker_notebook_instance" "research" {
  name = "research"
}

output "url" {
  value = "https://${data.sagemaker_notebook_instance.research.url}"
}

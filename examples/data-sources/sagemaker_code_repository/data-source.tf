data "sagemaker_code_repository" "notebooks" {
  code_repository_name = "notebooks"
}

output "url" {
  value = data.sagemaker_code_repository.notebooks.git_config[0].repository_url
}

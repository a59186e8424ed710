data "sagemaker_code_repositories" "notebooks" {
  name_contains = "notebooks"
}

output "urls" {
  value = data.sagemaker_code_repositories.notebooks.code_repository_summary_list[*].git_config[0].repository_url
}

resource "sagemaker_code_repository" "notebooks" {
  code_repository_name = "notebooks"

  git_config {
    repository_url = "https://git.example.com/notebooks.git"
    branch         = "main"
    secret_arn     = "arn:aws:secretsmanager:us-east-1:123456789012:secret:git-AbCdEf"
  }
}

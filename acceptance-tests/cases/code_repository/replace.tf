resource "sagemaker_code_repository" "test" {
  code_repository_name = var.name

  git_config {
    repository_url = "https://git.example.com/notebooks.git"
    branch         = "other"
    secret_arn     = "arn:aws:secretsmanager:us-east-1:123456789012:secret:two-AbCdEf"
  }
}

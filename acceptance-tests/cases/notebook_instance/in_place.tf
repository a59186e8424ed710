resource "sagemaker_notebook_instance_lifecycle_configuration" "test" {
  name     = var.name
  on_start = base64encode("echo 1")
}

resource "sagemaker_notebook_instance" "test" {
  name                         = var.name
  instance_type                = "ml.t3.large"
  role_arn                     = "arn:aws:iam::123456789012:role/notebook"
  volume_size                  = 30
  additional_code_repositories = ["https://github.com/example/two.git"]
  platform_identifier          = "notebook-al2-v3"
}

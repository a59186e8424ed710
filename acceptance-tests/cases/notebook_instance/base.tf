resource "sagemaker_notebook_instance_lifecycle_configuration" "test" {
  name     = var.name
  on_start = base64encode("echo 1")
}

resource "sagemaker_notebook_instance" "test" {
  name                    = var.name
  instance_type           = "ml.t3.medium"
  role_arn                = "arn:aws:iam::123456789012:role/notebook"
  volume_size             = 20
  lifecycle_config_name   = sagemaker_notebook_instance_lifecycle_configuration.test.name
  default_code_repository = "https://github.com/example/one.git"
}

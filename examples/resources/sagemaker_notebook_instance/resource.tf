resource "sagemaker_notebook_instance" "research" {
  name                    = "research"
  instance_type           = "ml.t3.medium"
  role_arn                = "arn:aws:iam::123456789012:role/notebook"
  platform_identifier     = "notebook-al2023-v1"
  volume_size             = 20
  default_code_repository = "https://github.com/example/research.git"
  subnet_id               = "subnet-0123456789abcdef0"
  security_groups         = ["sg-0123456789abcdef0"]
  direct_internet_access  = "Disabled"
  root_access             = "Disabled"

  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}

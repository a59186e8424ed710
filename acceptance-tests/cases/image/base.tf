resource "sagemaker_image" "test" {
  image_name   = var.name
  role_arn     = "arn:aws:iam::123456789012:role/one"
  description  = "Tools"
  display_name = "Our tools"
}

resource "sagemaker_image" "test" {
  image_name = "${var.name}-2"
  role_arn   = "arn:aws:iam::123456789012:role/two"

}

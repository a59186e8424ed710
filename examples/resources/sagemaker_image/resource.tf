resource "sagemaker_image" "tools" {
  image_name   = "tools"
  display_name = "Lab with our tools"
  role_arn     = "arn:aws:iam::123456789012:role/sagemaker-images"
}

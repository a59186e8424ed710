data "sagemaker_image" "tools" {
  image_name = "tools"
}

output "arn" {
  value = data.sagemaker_image.tools.arn
}

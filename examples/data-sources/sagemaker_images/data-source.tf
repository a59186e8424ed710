data "sagemaker_images" "tools" {
  name_contains = "tools"
}

output "arns" {
  value = data.sagemaker_images.tools.images[*].image_arn
}

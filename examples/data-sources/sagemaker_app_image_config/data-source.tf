data "sagemaker_app_image_config" "lab" {
  app_image_config_name = "lab-with-own-tools"
}

output "arn" {
  value = data.sagemaker_app_image_config.lab.arn
}

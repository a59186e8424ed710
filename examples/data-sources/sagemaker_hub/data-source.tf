data "sagemaker_hub" "models" {
  hub_name = "models"
}

output "bucket" {
  value = data.sagemaker_hub.models.s3_storage_config[0].s3_output_path
}

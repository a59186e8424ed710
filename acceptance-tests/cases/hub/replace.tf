resource "sagemaker_hub" "test" {
  hub_name        = var.name
  hub_description = "Models"


  s3_storage_config {
    s3_output_path = "s3://example/two"
  }
}

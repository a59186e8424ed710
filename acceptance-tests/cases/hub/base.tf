resource "sagemaker_hub" "test" {
  hub_name            = var.name
  hub_description     = "Models"
  hub_display_name    = "Models"
  hub_search_keywords = ["a", "b"]

  s3_storage_config {
    s3_output_path = "s3://example/one"
  }
}

resource "sagemaker_hub" "models" {
  hub_name            = "models"
  hub_description     = "Models that have passed our review."
  hub_display_name    = "Reviewed models"
  hub_search_keywords = ["approved", "reviewed"]

  s3_storage_config {
    s3_output_path = "s3://example-hub/models"
  }
}

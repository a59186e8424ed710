resource "sagemaker_model_card" "test" {
  model_card_name   = var.name
  model_card_status = "Draft"

  content = jsonencode({
    model_overview = {
      model_description = "First"
      model_owner       = "growth"
    }
  })
}

resource "sagemaker_model_card_export_job" "test" {
  model_card_export_job_name = "${var.name}-again"
  model_card_name            = sagemaker_model_card.test.model_card_name

  output_config {
    s3_output_path = "s3://cards-of-tests/second/"
  }
}

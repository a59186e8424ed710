resource "sagemaker_model_card" "churn" {
  model_card_name   = "churn-published"
  model_card_status = "Draft"

  content = jsonencode({
    model_overview = {
      model_description = "Who is about to leave."
      model_owner       = "growth"
    }
  })
}

resource "sagemaker_model_card_export_job" "churn" {
  model_card_export_job_name = "churn"
  model_card_name            = sagemaker_model_card.churn.model_card_name

  output_config {
    s3_output_path = "s3://example-cards/"
  }
}

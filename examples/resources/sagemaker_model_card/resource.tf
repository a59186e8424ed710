resource "sagemaker_model_card" "churn" {
  model_card_name   = "churn"
  model_card_status = "Draft"

  content = jsonencode({
    model_overview = {
      model_description = "Who is about to leave."
      model_owner       = "growth"
    }
  })
}

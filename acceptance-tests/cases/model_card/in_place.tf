resource "sagemaker_model_card" "test" {
  model_card_name   = var.name
  model_card_status = "PendingReview"

  content = jsonencode({
    model_overview = {
      model_description = "Second"
      model_owner       = "growth"
    }
  })

  tags = { step = "first" }
}

resource "sagemaker_model_card" "test" {
  model_card_name   = var.name
  model_card_status = "Draft"

  content = jsonencode({
    model_overview = {
      model_description = "First"
      model_owner       = "growth"
    }
  })

  security_config {
    kms_key_id = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"
  }
}

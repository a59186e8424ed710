# Creating it buys the offering.
resource "sagemaker_training_plan" "spring" {
  training_plan_name        = "spring"
  training_plan_offering_id = "tpo-0123456789abcdef"

  lifecycle {
    prevent_destroy = true
  }
}

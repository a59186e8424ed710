resource "sagemaker_training_plan" "test" {
  training_plan_name        = "${var.name}-again"
  training_plan_offering_id = "tpo-0123456789abcdef"

  tags = { step = "first" }
}

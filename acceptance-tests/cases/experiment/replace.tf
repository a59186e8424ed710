resource "sagemaker_experiment" "test" {
  experiment_name = "${var.name}-again"
  description     = "First"

  tags = { step = "first" }
}

resource "sagemaker_experiment" "test" {
  experiment_name = var.name
  description     = "First"

  tags = { step = "first" }
}

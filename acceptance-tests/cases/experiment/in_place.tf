resource "sagemaker_experiment" "test" {
  experiment_name = var.name
  description     = "Second"

  tags = { step = "second" }
}

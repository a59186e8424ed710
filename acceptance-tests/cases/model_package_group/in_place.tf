resource "sagemaker_model_package_group" "test" {
  model_package_group_name = var.name
  tags                     = { team = "growth" }
}

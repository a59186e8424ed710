resource "sagemaker_model_package_group" "test" {
  model_package_group_name        = var.name
  model_package_group_description = "Who is about to leave"
  tags                            = { team = "growth" }
}

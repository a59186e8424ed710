resource "sagemaker_app_image_config" "test" {
  app_image_config_name = var.name

  jupyter_lab_image_config {
    container_config {
      container_entrypoint            = ["lab"]
      container_arguments             = ["--port", "8888"]
      container_environment_variables = { A = "1" }
    }
  }
}

resource "sagemaker_app_image_config" "test" {
  app_image_config_name = "${var.name}-2"

  kernel_gateway_image_config {
    kernel_spec {
      name         = "python3"
      display_name = "Python"
    }

    file_system_config {}
  }
}

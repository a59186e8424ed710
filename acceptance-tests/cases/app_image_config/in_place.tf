resource "sagemaker_app_image_config" "test" {
  app_image_config_name = var.name
  tags                  = { team = "growth" }

  jupyter_lab_image_config {
    file_system_config {
      mount_path  = "/home/sagemaker-user"
      default_uid = 2000
    }

    container_config {
      container_entrypoint = ["lab"]
    }
  }
}

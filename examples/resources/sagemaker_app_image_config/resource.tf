resource "sagemaker_app_image_config" "lab" {
  app_image_config_name = "lab-with-own-tools"

  jupyter_lab_image_config {
    container_config {
      container_entrypoint = ["jupyter-lab"]
      container_arguments  = ["--ServerApp.ip=0.0.0.0", "--ServerApp.port=8888"]
    }
  }
}

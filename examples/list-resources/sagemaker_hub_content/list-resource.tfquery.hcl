list "sagemaker_hub_content" "all" {
  provider = sagemaker
  limit    = 1000

  config {
    hub_name         = "models"
    hub_content_type = "Model"
  }
}

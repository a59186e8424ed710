list "sagemaker_hub_content_reference" "all" {
  provider = sagemaker
  limit    = 1000

  config {
    hub_name = "models"
  }
}

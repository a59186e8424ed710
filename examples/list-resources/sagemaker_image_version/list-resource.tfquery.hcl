list "sagemaker_image_version" "all" {
  provider = sagemaker
  limit    = 1000

  config {
    image_name = "tools"
  }
}

list "sagemaker_global_inference_gateway" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_global_inference_gateway" "some" {
  provider = sagemaker

  config {
    tags = {
      team = "ml"
    }
  }
}

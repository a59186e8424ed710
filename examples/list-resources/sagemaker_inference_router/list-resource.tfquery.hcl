list "sagemaker_inference_router" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_inference_router" "some" {
  provider = sagemaker

  config {
    tags = {
      team = "ml"
    }
  }
}

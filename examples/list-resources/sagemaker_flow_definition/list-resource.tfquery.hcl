list "sagemaker_flow_definition" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_flow_definition" "some" {
  provider = sagemaker

  config {
    tags = {
      team = "ml"
    }
  }
}

list "sagemaker_partner_app" "all" {
  provider = sagemaker
  limit    = 1000
}

list "sagemaker_partner_app" "some" {
  provider = sagemaker

  config {
    tags = {
      team = "ml"
    }
  }
}

# A workforce that another configuration manages.

terraform {
  required_providers {
    sagemaker = {
      source = "sagemaker-rs/sagemaker"
    }
  }
}

resource "sagemaker_workforce" "this" {
  workforce_name = "shared"

  cognito_config {
    user_pool = "us-east-1_abcdefghi"
    client_id = "1h57kf5cpq17m0eml12EXAMPLE"
  }
}

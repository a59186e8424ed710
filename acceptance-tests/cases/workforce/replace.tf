resource "sagemaker_workforce" "test" {
  workforce_name = var.name

  cognito_config {
    client_id = "0123456789abcdefghijklmnop"
    user_pool = "eu-central-1_abcdefghi"
  }

  tags = { step = "first" }
}

resource "sagemaker_workforce" "test" {
  workforce_name = var.name

  oidc_config {
    client_id              = "tests"
    client_secret          = "secret of tests"
    issuer                 = "https://login.example.com"
    authorization_endpoint = "https://login.example.com/authorize"
    token_endpoint         = "https://login.example.com/token"
    user_info_endpoint     = "https://login.example.com/userinfo"
    logout_endpoint        = "https://login.example.com/logout"
    jwks_uri               = "https://login.example.com/keys"
  }

  tags = { step = "first" }
}

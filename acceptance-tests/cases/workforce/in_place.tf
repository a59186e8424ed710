resource "sagemaker_workforce" "test" {
  workforce_name = var.name

  oidc_config {
    client_id              = "tests"
    client_secret          = "another secret of tests"
    issuer                 = "https://login.example.com"
    authorization_endpoint = "https://login.example.com/authorize"
    token_endpoint         = "https://login.example.com/token"
    user_info_endpoint     = "https://login.example.com/userinfo"
    logout_endpoint        = "https://login.example.com/logout"
    jwks_uri               = "https://login.example.com/keys"
  }

  source_ip_config {
    cidrs = ["192.0.2.0/24", "198.51.100.0/24"]
  }
}

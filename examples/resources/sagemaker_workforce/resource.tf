variable "client_secret" {
  type      = string
  sensitive = true
}

resource "sagemaker_workforce" "reviewers" {
  workforce_name = "reviewers"

  oidc_config {
    client_id              = "sagemaker"
    client_secret          = var.client_secret
    issuer                 = "https://login.example.com"
    authorization_endpoint = "https://login.example.com/authorize"
    token_endpoint         = "https://login.example.com/token"
    user_info_endpoint     = "https://login.example.com/userinfo"
    logout_endpoint        = "https://login.example.com/logout"
    jwks_uri               = "https://login.example.com/keys"
  }

  source_ip_config {
    cidrs = ["192.0.2.0/24"]
  }
}

resource "sagemaker_partner_app" "test" {
  name               = replace(var.name, "-", "")
  type               = "comet"
  tier               = "large"
  auth_type          = "IAM"
  execution_role_arn = "arn:aws:iam::123456789012:role/partner-app"

  application_config {
    admin_users = ["bob", "cid"]
    arguments   = { theme = "dark" }
  }

  maintenance_config {
    maintenance_window_start = "Tue:03:30"
  }

  tags = { step = "first" }
}

resource "sagemaker_partner_app" "test" {
  name               = replace(var.name, "-", "")
  type               = "comet"
  tier               = "small"
  auth_type          = "IAM"
  execution_role_arn = "arn:aws:iam::123456789012:role/partner-app"

  application_config {
    admin_users = ["ann", "bob"]
    arguments   = { theme = "dark" }
  }

  tags = { step = "first" }
}

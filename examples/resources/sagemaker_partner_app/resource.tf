resource "sagemaker_partner_app" "comet" {
  name               = "comet"
  type               = "comet"
  tier               = "small"
  auth_type          = "IAM"
  execution_role_arn = "arn:aws:iam::123456789012:role/partner-app"

  application_config {
    admin_users = ["ann"]
  }

  maintenance_config {
    maintenance_window_start = "Tue:03:30"
  }
}

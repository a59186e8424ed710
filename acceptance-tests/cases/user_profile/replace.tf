resource "sagemaker_domain" "test" {
  domain_name = var.name
  auth_mode   = "IAM"
  vpc_id      = "vpc-1"
  subnet_ids  = ["subnet-1"]

  default_user_settings {
    execution_role = "arn:aws:iam::123456789012:role/studio"
  }
}

resource "sagemaker_user_profile" "test" {
  domain_id         = sagemaker_domain.test.id
  user_profile_name = "${var.name}-2"

  user_settings {
    execution_role = "arn:aws:iam::123456789012:role/studio"
  }
}

resource "sagemaker_domain" "test" {
  domain_name = var.name
  auth_mode   = "IAM"
  vpc_id      = "vpc-1"
  subnet_ids  = ["subnet-3"]
  kms_key_id  = "alias/homes"

  default_user_settings {
    execution_role = "arn:aws:iam::123456789012:role/studio"

    sharing_settings {
      notebook_output_option = "Allowed"
      s3_output_path         = "s3://example/shared"
    }
  }
}

resource "sagemaker_device_fleet" "test" {
  device_fleet_name     = var.name
  description           = "Second"
  role_arn              = "arn:aws:iam::123456789012:role/tests"
  enable_iot_role_alias = true

  output_config {
    s3_output_location = "s3://samples-of-tests/second/"
  }

  tags = { step = "second" }
}

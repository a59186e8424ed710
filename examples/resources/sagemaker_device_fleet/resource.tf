resource "sagemaker_device_fleet" "cameras" {
  device_fleet_name     = "cameras"
  description           = "Cameras at the gates."
  role_arn              = "arn:aws:iam::123456789012:role/edge-devices"
  enable_iot_role_alias = true

  output_config {
    s3_output_location = "s3://example-samples/cameras/"
  }
}

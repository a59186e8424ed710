resource "sagemaker_device_fleet" "test" {
  device_fleet_name = var.name
  role_arn          = "arn:aws:iam::123456789012:role/edge-devices"

  output_config {
    s3_output_location = "s3://example-samples/cameras/"
  }
}

resource "sagemaker_device" "test" {
  device_fleet_name = sagemaker_device_fleet.test.device_fleet_name

  device {
    device_name = var.name
    description = "First"
  }

  tags = { step = "first" }
}

resource "sagemaker_device_fleet" "gates" {
  device_fleet_name = "gates"
  role_arn          = "arn:aws:iam::123456789012:role/edge-devices"

  output_config {
    s3_output_location = "s3://example-samples/gates/"
  }
}

resource "sagemaker_device" "north" {
  device_fleet_name = sagemaker_device_fleet.gates.device_fleet_name

  device {
    device_name    = "north"
    description    = "Camera at the northern gate."
    iot_thing_name = "camera-north"
  }
}

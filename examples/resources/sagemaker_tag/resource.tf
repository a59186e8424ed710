# The domain is somebody else's.
resource "sagemaker_tag" "owner" {
  resource_arn = "arn:aws:sagemaker:eu-central-1:123456789012:domain/d-0123456789ab"
  key          = "owner"
  value        = "growth"
}

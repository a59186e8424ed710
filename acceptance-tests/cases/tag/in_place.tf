resource "sagemaker_tag" "test" {
  resource_arn = "arn:aws:sagemaker:us-east-1:123456789012:model/${var.name}"
  key          = "owner"
  value        = "risk"
}

resource "sagemaker_tag" "other" {
  resource_arn = "arn:aws:sagemaker:us-east-1:123456789012:model/${var.name}"
  key          = "stage"
  value        = "test"
}

variable "domain_arn" {
  description = "ARN of a domain that is somebody else's."
  type        = string
}

resource "sagemaker_tag" "owner" {
  resource_arn = var.domain_arn
  key          = "owner"
  value        = "growth"
}

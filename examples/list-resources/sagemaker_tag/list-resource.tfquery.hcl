variable "tagged_arn" {
  type        = string
  description = "ARN of the object whose tags are listed."
}

list "sagemaker_tag" "all" {
  provider = sagemaker
  limit    = 1000

  config {
    resource_arn = var.tagged_arn
  }
}

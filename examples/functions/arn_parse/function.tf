locals {
  space = provider::sagemaker::arn_parse(
    "arn:aws:sagemaker:eu-west-1:123456789012:space/d-0a1b2c3d4e5f/notes"
  )
}

output "space" {
  value = local.space
  # => {
  #   partition     = "aws"
  #   service       = "sagemaker"
  #   region        = "eu-west-1"
  #   account_id    = "123456789012"
  #   resource      = "space/d-0a1b2c3d4e5f/notes"
  #   resource_type = "space"
  #   name          = "notes"
  #   names         = { domain_id = "d-0a1b2c3d4e5f", space_name = "notes" }
  # }
}

output "domain_id" {
  value = local.space.names.domain_id
  # => "d-0a1b2c3d4e5f"
}

# As the condition of a variable's validation.
output "is_an_endpoint" {
  value = try(provider::sagemaker::arn_parse("churn").resource_type == "endpoint", false)
  # => false
}

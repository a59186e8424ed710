data "sagemaker_domains" "all" {}

locals {
  domain_id = one([
    for domain in data.sagemaker_domains.all.domains : domain.domain_id
    if domain.domain_name == "data-science"
  ])
}

data "sagemaker_space" "shared" {
  domain_id  = local.domain_id
  space_name = "shared"
}

ephemeral "sagemaker_session" "shared" {
  resource_identifier = data.sagemaker_space.shared.arn
}

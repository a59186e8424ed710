# The service generates the ID of a domain, so the domain is looked up by name.
data "sagemaker_domains" "all" {}

locals {
  domain_id = one([
    for domain in data.sagemaker_domains.all.domains : domain.domain_id
    if domain.domain_name == "data-science"
  ])
}

data "sagemaker_user_profile" "ann" {
  domain_id         = local.domain_id
  user_profile_name = "ann"
}

output "role" {
  value = data.sagemaker_user_profile.ann.user_settings[0].execution_role
}

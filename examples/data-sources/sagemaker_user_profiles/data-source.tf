# The service generates the ID of a domain, so the domain is looked up by name.
data "sagemaker_domains" "all" {}

locals {
  domain_id = one([
    for domain in data.sagemaker_domains.all.domains : domain.domain_id
    if domain.domain_name == "data-science"
  ])
}

data "sagemaker_user_profiles" "team" {
  domain_id_equals = local.domain_id
}

output "names" {
  value = data.sagemaker_user_profiles.team.user_profiles[*].user_profile_name
}

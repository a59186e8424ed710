# The service generates the ID of a domain, so the domain is looked up by name.
data "sagemaker_domains" "all" {}

locals {
  domain_id = one([
    for domain in data.sagemaker_domains.all.domains : domain.domain_id
    if domain.domain_name == "data-science"
  ])
}

data "sagemaker_domain" "team" {
  domain_id = local.domain_id
}

output "home_file_system" {
  value = data.sagemaker_domain.team.home_efs_file_system_id
}

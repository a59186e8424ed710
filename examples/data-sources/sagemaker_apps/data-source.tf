# The service generates the ID of a domain, so the domain is looked up by name.
data "sagemaker_domains" "all" {}

locals {
  domain_id = one([
    for domain in data.sagemaker_domains.all.domains : domain.domain_id
    if domain.domain_name == "data-science"
  ])
}

data "sagemaker_apps" "team" {
  domain_id_equals = local.domain_id
}

output "running" {
  value = [
    for app in data.sagemaker_apps.team.apps :
    "${app.app_type} of ${coalesce(app.space_name, app.user_profile_name)}"
    if app.status == "InService"
  ]
}

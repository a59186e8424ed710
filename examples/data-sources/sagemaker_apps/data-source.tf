# A domain has an ID that the service makes up, so it is found by its name in the list of all.
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

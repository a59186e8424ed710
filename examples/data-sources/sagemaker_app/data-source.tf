# The service generates the ID of a domain, so the domain is looked up by name.
data "sagemaker_domains" "all" {}

locals {
  domain_id = one([
    for domain in data.sagemaker_domains.all.domains : domain.domain_id
    if domain.domain_name == "data-science"
  ])
}

data "sagemaker_app" "lab" {
  domain_id  = local.domain_id
  space_name = "shared"
  app_type   = "JupyterLab"
  app_name   = "default"
}

output "status" {
  value = data.sagemaker_app.lab.status
}

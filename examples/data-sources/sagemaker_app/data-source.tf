# A domain has an ID that the service makes up, so it is found by its name in the list of all.
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

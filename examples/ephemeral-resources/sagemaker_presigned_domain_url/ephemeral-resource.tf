data "sagemaker_domains" "all" {}

locals {
  domain_id = one([
    for domain in data.sagemaker_domains.all.domains : domain.domain_id
    if domain.domain_name == "data-science"
  ])
}

ephemeral "sagemaker_presigned_domain_url" "ann" {
  domain_id          = local.domain_id
  user_profile_name  = "ann"
  expires_in_seconds = 60
}

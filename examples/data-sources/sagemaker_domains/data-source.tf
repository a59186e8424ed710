data "sagemaker_domains" "all" {}

output "ids" {
  value = {
    for domain in data.sagemaker_domains.all.domains : domain.domain_name => domain.domain_id
  }
}

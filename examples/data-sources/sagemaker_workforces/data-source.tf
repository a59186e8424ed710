data "sagemaker_workforces" "all" {}

output "subdomains" {
  value = {
    for workforce in data.sagemaker_workforces.all.workforces :
    workforce.workforce_name => workforce.subdomain
  }
}

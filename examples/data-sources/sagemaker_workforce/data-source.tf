data "sagemaker_workforce" "reviewers" {
  workforce_name = "reviewers"
}

output "portal" {
  value = "https://${data.sagemaker_workforce.reviewers.subdomain}"
}

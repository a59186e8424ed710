data "sagemaker_workteam" "reviewers" {
  workteam_name = "reviewers"
}

output "portal" {
  value = "https://${data.sagemaker_workteam.reviewers.subdomain}"
}

data "sagemaker_workteams" "reviewers" {
  name_contains = "reviewers"
}

output "arns" {
  value = data.sagemaker_workteams.reviewers.workteams[*].workteam_arn
}

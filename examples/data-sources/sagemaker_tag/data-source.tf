data "sagemaker_model" "churn" {
  name = "churn"
}

# An error if it has no such tag; `sagemaker_tags` returns all its tags.
data "sagemaker_tag" "team" {
  resource_arn = data.sagemaker_model.churn.arn
  key          = "team"
}

output "team" {
  value = data.sagemaker_tag.team.value
}

data "sagemaker_model" "churn" {
  name = "churn"
}

data "sagemaker_tags" "model" {
  resource_arn = data.sagemaker_model.churn.arn
}

output "owner" {
  value = lookup(data.sagemaker_tags.model.tags, "team", "nobody")
}

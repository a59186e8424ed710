data "sagemaker_context" "churn" {
  context_name = "churn"
}

output "arn" {
  value = data.sagemaker_context.churn.arn
}

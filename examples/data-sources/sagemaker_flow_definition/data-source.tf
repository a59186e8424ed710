data "sagemaker_flow_definition" "review" {
  flow_definition_name = "review"
}

output "arn" {
  value = data.sagemaker_flow_definition.review.arn
}

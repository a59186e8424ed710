data "sagemaker_algorithms" "churn" {
  name_contains = "churn"
}

output "arns" {
  value = data.sagemaker_algorithms.churn.algorithm_summary_list[*].algorithm_arn
}

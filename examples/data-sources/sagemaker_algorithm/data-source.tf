data "sagemaker_algorithm" "churn" {
  algorithm_name = "churn"
}

output "training_image" {
  value = data.sagemaker_algorithm.churn.training_specification[0].training_image
}

data "sagemaker_inference_experiment" "next" {
  name = "churn-next"
}

output "status" {
  value = data.sagemaker_inference_experiment.next.status
}

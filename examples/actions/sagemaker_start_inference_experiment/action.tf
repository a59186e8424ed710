action "sagemaker_start_inference_experiment" "next" {
  config {
    name = "churn-next"
  }
}

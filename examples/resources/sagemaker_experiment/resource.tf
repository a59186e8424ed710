resource "sagemaker_experiment" "churn" {
  experiment_name = "churn"
  description     = "Which features predict churn?"
}

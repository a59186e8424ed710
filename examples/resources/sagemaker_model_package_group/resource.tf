resource "sagemaker_model_package_group" "churn" {
  model_package_group_name        = "churn"
  model_package_group_description = "Predicts which customers leave."

  tags = {
    team = "retention"
  }
}

data "sagemaker_model_card" "churn" {
  model_card_name = "churn"
}

output "owner" {
  value = jsondecode(data.sagemaker_model_card.churn.content).model_overview.model_owner
}

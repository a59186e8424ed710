data "sagemaker_model_card_versions" "churn" {
  model_card_name = "churn"
}

output "versions" {
  value = {
    for card in data.sagemaker_model_card_versions.churn.model_card_version_summary_list :
    card.model_card_version => card.model_card_status
  }
}

data "sagemaker_model_cards" "all" {
  sort_by    = "Name"
  sort_order = "Ascending"
}

output "names" {
  value = data.sagemaker_model_cards.all.model_card_summaries[*].model_card_name
}

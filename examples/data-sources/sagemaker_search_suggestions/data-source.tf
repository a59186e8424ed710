data "sagemaker_search_suggestions" "about_training" {
  resource = "TrainingJob"

  suggestion_query {
    property_name_query {
      property_name_hint = "Training"
    }
  }
}

output "properties" {
  value = data.sagemaker_search_suggestions.about_training.property_name_suggestions[*].property_name
}

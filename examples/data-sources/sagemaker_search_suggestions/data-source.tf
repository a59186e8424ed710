data "sagemaker_search_suggestions" "metrics" {
  resource = "TrainingJob"

  suggestion_query {
    property_name_query {
      property_name_hint = "Metrics"
    }
  }
}

output "properties" {
  value = data.sagemaker_search_suggestions.metrics.property_name_suggestions[*].property_name
}

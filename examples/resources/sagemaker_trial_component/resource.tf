resource "sagemaker_trial_component" "trees" {
  trial_component_name = "churn-trees"
  display_name         = "trees"

  parameters {
    key          = "depth"
    number_value = 6
  }

  parameters {
    key          = "objective"
    string_value = "binary:logistic"
  }

  input_artifacts {
    key        = "data"
    media_type = "text/csv"
    value      = "s3://example-data/churn/"
  }

  status {
    primary_status = "InProgress"
  }
}

resource "sagemaker_trial_component" "test" {
  trial_component_name = var.name
  display_name         = "first"

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

  tags = { step = "first" }
}

resource "sagemaker_trial_component" "test" {
  trial_component_name = var.name
  display_name         = "second"

  parameters {
    key          = "depth"
    number_value = 8
  }

  input_artifacts {
    key        = "data"
    media_type = "text/csv"
    value      = "s3://example-data/churn/"
  }

  status {
    primary_status = "Completed"
  }

  tags = { step = "first" }
}

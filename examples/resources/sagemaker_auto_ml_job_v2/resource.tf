resource "sagemaker_auto_ml_job_v2" "demand" {
  auto_ml_job_name    = "demand"
  role_arn            = "arn:aws:iam::123456789012:role/sagemaker-autopilot"
  wait_for_completion = true

  auto_ml_job_input_data_config {
    content_type = "text/csv;header=present"

    data_source {
      s3_data_source {
        s3_data_type = "S3Prefix"
        s3_uri       = "s3://example-data/demand/"
      }
    }
  }

  auto_ml_problem_type_config {
    time_series_forecasting_job_config {
      forecast_frequency = "1D"
      forecast_horizon   = 14

      time_series_config {
        item_identifier_attribute_name = "product"
        target_attribute_name          = "sold"
        timestamp_attribute_name       = "day"
      }

      holiday_config {
        country_code = "DE"
      }
    }
  }

  output_data_config {
    s3_output_path = "s3://example-models/autopilot/"
  }

  timeouts {
    create = "12h"
  }
}

resource "sagemaker_auto_ml_job_v2" "test" {
  auto_ml_job_name    = "${var.name}-again"
  role_arn            = "arn:aws:iam::123456789012:role/automl"
  wait_for_completion = true

  auto_ml_job_input_data_config {
    channel_type = "training"
    content_type = "text/csv;header=present"

    data_source {
      s3_data_source {
        s3_data_type = "S3Prefix"
        s3_uri       = "s3://data-of-tests/train/"
      }
    }
  }

  auto_ml_problem_type_config {
    time_series_forecasting_job_config {
      forecast_frequency = "1D"
      forecast_horizon   = 14
      forecast_quantiles = ["p10", "p50", "p90"]

      time_series_config {
        target_attribute_name          = "orders"
        timestamp_attribute_name       = "day"
        item_identifier_attribute_name = "product"
        grouping_attribute_names       = ["country"]
      }

      holiday_config {
        country_code = "DE"
      }

      transformations {
        aggregation = { orders = "sum" }
      }
    }
  }

  output_data_config {
    s3_output_path = "s3://data-of-tests/output/"
  }
}

resource "sagemaker_auto_ml_job_v2" "test" {
  auto_ml_job_name    = var.name
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
    tabular_job_config {
      target_attribute_name = "left"
      problem_type          = "BinaryClassification"

      completion_criteria {
        max_candidates = 5
      }
    }
  }

  output_data_config {
    s3_output_path = "s3://data-of-tests/output/"
  }

  auto_ml_job_objective {
    metric_name = "F1"
  }

  tags = { step = "second" }
}

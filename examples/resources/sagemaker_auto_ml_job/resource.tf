resource "sagemaker_auto_ml_job" "churn" {
  auto_ml_job_name = "churn"
  role_arn         = "arn:aws:iam::123456789012:role/sagemaker-autopilot"
  problem_type     = "BinaryClassification"

  input_data_config {
    target_attribute_name = "left"

    data_source {
      s3_data_source {
        s3_data_type = "S3Prefix"
        s3_uri       = "s3://example-data/churn/"
      }
    }
  }

  output_data_config {
    s3_output_path = "s3://example-models/autopilot/"
  }

  auto_ml_job_objective {
    metric_name = "F1"
  }

  auto_ml_job_config {
    completion_criteria {
      max_candidates = 20
    }
  }
}

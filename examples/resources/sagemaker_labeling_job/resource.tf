resource "sagemaker_labeling_job" "sentiment" {
  labeling_job_name            = "sentiment-2026-11"
  label_attribute_name         = "sentiment"
  label_category_config_s3_uri = "s3://example-data/labels.json"
  role_arn                     = "arn:aws:iam::123456789012:role/labeling"

  input_config {
    data_source {
      s3_data_source {
        manifest_s3_uri = "s3://example-data/texts.manifest"
      }
    }
  }

  output_config {
    s3_output_path = "s3://example-data/labeled/"
  }

  human_task_config {
    workteam_arn                            = "arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/reviewers"
    pre_human_task_lambda_arn               = "arn:aws:lambda:us-east-1:123456789012:function:prepare"
    number_of_human_workers_per_data_object = 3
    task_time_limit_in_seconds              = 600
    task_title                              = "Sentiment"
    task_description                        = "How does the writer feel?"

    annotation_consolidation_config {
      annotation_consolidation_lambda_arn = "arn:aws:lambda:us-east-1:123456789012:function:consolidate"
    }

    ui_config {
      ui_template_s3_uri = "s3://example-data/page.liquid"
    }
  }
}

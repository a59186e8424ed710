resource "sagemaker_human_task_ui" "review" {
  human_task_ui_name = "review-of-texts"

  ui_template {
    content = "<crowd-form><p>{{ task.input.text }}</p></crowd-form>"
  }
}

resource "sagemaker_flow_definition" "review" {
  flow_definition_name = "review"
  role_arn             = "arn:aws:iam::123456789012:role/sagemaker-review"

  human_loop_config {
    human_task_ui_arn = sagemaker_human_task_ui.review.arn
    workteam_arn      = "arn:aws:sagemaker:eu-central-1:123456789012:workteam/private-crowd/reviewers"
    task_count        = 1
    task_title        = "Review"
    task_description  = "Is the text a complaint?"
    task_keywords     = ["text", "complaint"]
  }

  output_config {
    s3_output_path = "s3://example-answers/"
  }
}

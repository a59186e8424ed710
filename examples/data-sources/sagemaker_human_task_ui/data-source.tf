data "sagemaker_human_task_ui" "review" {
  human_task_ui_name = "review"
}

output "digest" {
  value = data.sagemaker_human_task_ui.review.ui_template[0].content_sha256
}

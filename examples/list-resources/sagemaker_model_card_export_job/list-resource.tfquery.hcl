list "sagemaker_model_card_export_job" "all" {
  provider = sagemaker
  limit    = 1000

  config {
    model_card_name = "churn-published"
  }
}

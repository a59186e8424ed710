data "sagemaker_model" "churn" {
  name = "churn"
}

resource "sagemaker_endpoint_configuration" "trial_run" {
  name_prefix = "churn-trial-run-"

  production_variants {
    variant_name = "main"
    model_name   = data.sagemaker_model.churn.name

    serverless_config {
      memory_size_in_mb = 2048
      max_concurrency   = 1
    }
  }
}

# terraform apply -invoke=action.sagemaker_start_pipeline_execution.train
action "sagemaker_start_pipeline_execution" "train" {
  config {
    pipeline_name                   = "churn"
    pipeline_execution_display_name = "after-apply"
    timeout                         = "6h"

    parallelism_configuration {
      max_parallel_execution_steps = 2
    }
  }
}

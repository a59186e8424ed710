# As the data source sagemaker_auto_ml_job_candidates returns them, with more attributes.
locals {
  candidates = [
    {
      candidate_name   = "churn-trial-1"
      candidate_status = "Completed"
      final_auto_ml_job_objective_metric = [{
        metric_name = "F1"
        type        = "Maximize"
        value       = 0.81
      }]
      inference_containers = []
    },
    {
      candidate_name   = "churn-trial-2"
      candidate_status = "Completed"
      final_auto_ml_job_objective_metric = [{
        metric_name = "F1"
        type        = "Maximize"
        value       = 0.93
      }]
      inference_containers = []
    },
    {
      candidate_name                     = "churn-trial-3"
      candidate_status                   = "InProgress"
      final_auto_ml_job_objective_metric = []
      inference_containers               = []
    },
  ]
}

output "best" {
  value = provider::sagemaker::best_candidate(local.candidates).candidate_name
  # => "churn-trial-2"
}

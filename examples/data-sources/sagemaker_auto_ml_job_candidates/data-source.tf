data "sagemaker_auto_ml_job_candidates" "churn" {
  auto_ml_job_name = "churn"
  status_equals    = "Completed"
  sort_by          = "FinalObjectiveMetricValue"
  sort_order       = "Descending"
  max_results      = 3
}

output "scores" {
  value = {
    for candidate in data.sagemaker_auto_ml_job_candidates.churn.candidates :
    candidate.candidate_name => candidate.final_auto_ml_job_objective_metric[0].value
  }
}

# The steps of the best one: the jobs that prepared the data and trained the model.
output "steps_of_the_best" {
  value = data.sagemaker_auto_ml_job_candidates.churn.candidates[0].candidate_steps
}

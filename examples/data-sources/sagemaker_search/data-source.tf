data "sagemaker_search" "good_jobs" {
  resource   = "TrainingJob"
  sort_by    = "CreationTime"
  sort_order = "Descending"

  search_expression {
    operator = "And"

    filters {
      name     = "TrainingJobStatus"
      operator = "Equals"
      value    = "Completed"
    }

    filters {
      name     = "TrainingJobName"
      operator = "Contains"
      value    = "churn"
    }
  }
}

output "names" {
  value = [
    for result in data.sagemaker_search.good_jobs.results :
    jsondecode(result).TrainingJob.TrainingJobName
  ]
}
